;;; derivtex-test.el --- tests of derivtex.el  -*- lexical-binding: t; -*-

;;; Commentary:

;; emacs -Q --batch -L . -l derivtex-test.el -f ert-run-tests-batch-and-exit
;; DERIVTEX names the program, with its arguments behind it.

;;; Code:

(require 'ert)
(require 'org)
(require 'derivtex)
(require 'ob-derivtex)

(let ((words (split-string (or (getenv "DERIVTEX") "derivtex"))))
  (setq derivtex-program (car words)
        derivtex-program-arguments (cdr words)))

(ert-deftest derivtex-test-below ()
  "The derivation stands below the formula, and the rest stays."
  (with-temp-buffer
    (insert "before\nx^T A x\nafter\n")
    (derivtex-region 8 15 "x")
    (should (string-prefix-p "before\nx^T A x\n" (buffer-string)))
    (should (string-match-p "(A \\+ A^{T})x" (buffer-string)))
    (should (string-suffix-p "\nafter\n" (buffer-string)))))

(ert-deftest derivtex-test-at-point ()
  "The derivation of the formula round point stands below its display, in the author's macro, and point stays."
  (with-temp-buffer
    (insert "\\newcommand{\\vw}{\\mathbf{w}}\n\\[\n  \\vw^T A \\vw\n\\]\nafter\n")
    (goto-char (point-min))
    (forward-line 2)
    (derivtex-at-point "\\vw")
    (should (looking-at "  \\\\vw"))
    (should (string-match-p "\n\\\\\\]\nLet " (buffer-string)))
    (should (string-match-p "(A \\+ A^{T})\\\\vw" (buffer-string)))
    (should (string-suffix-p "\nafter\n" (buffer-string)))))

(ert-deftest derivtex-test-end-of-buffer ()
  "A last line without its line break is no obstacle."
  (with-temp-buffer
    (insert "x^T x")
    (derivtex-region 1 6 "x")
    (should (string-prefix-p "x^T x\nLet " (buffer-string)))))

(ert-deftest derivtex-test-replace ()
  "With a prefix argument the formula makes room."
  (with-temp-buffer
    (insert "\\usepackage{amsmath}\nx^T A x\nafter\n")
    (derivtex-region 22 30 "x" t)
    (should-not (string-match-p "^x\\^T A x" (buffer-string)))
    (should (string-match-p "begin{align\\*}" (buffer-string)))
    (should (string-suffix-p "\nafter\n" (buffer-string)))))

(ert-deftest derivtex-test-error ()
  "What cannot be read changes nothing, and point is where the error is."
  (with-temp-buffer
    (insert "before\nα = b^T x\n  + tr(A x\nafter\n")
    (let* ((text (buffer-string))
           (said (cadr (should-error (derivtex-region 8 (- (point-max) 6) "x") :type 'user-error))))
      (should (string-match-p "is not closed" said))
      (should (looking-at "(A x"))
      (should (equal text (buffer-string))))))

(ert-deftest derivtex-test-answer ()
  "The answer stands below the question; a question without one is an error and changes nothing."
  (with-temp-buffer
    (insert "What is $\\nabla_x x^T A x$?\nafter\n")
    (derivtex-answer-region 1 28)
    (should (string-prefix-p "What is $\\nabla_x x^T A x$?\n\n" (buffer-string)))
    (should (string-match-p "(A \\+ A^{T})x" (buffer-string)))
    (should (string-suffix-p "\nafter\n" (buffer-string))))
  (with-temp-buffer
    (insert "How do you do?\n")
    (should-error (derivtex-answer-region 1 15) :type 'user-error)
    (should (equal (buffer-string) "How do you do?\n"))))

(ert-deftest derivtex-test-check ()
  "The wrong line of a file is an error to jump to."
  (let ((file (make-temp-file "derivtex" nil ".md" "With $h = v^Tv$ we have\n\n$$dh = 3v^Tdv.$$\n")))
    (unwind-protect
        (with-current-buffer (find-file-noselect file)
          (let ((buffer (derivtex-check-buffer)))
            (while (process-live-p (get-buffer-process buffer))
              (accept-process-output nil 0.1))
            (with-current-buffer buffer
              (goto-char (point-min))
              (should (search-forward ":3:3: fails" nil t))
              (compilation-next-error 0)
              (should (= (nth 1 (compilation--message->loc (get-text-property (line-beginning-position) 'compilation-message))) 3)))))
      (delete-file file))))

(ert-deftest derivtex-test-no-program ()
  "A program that is not there is named."
  (let ((derivtex-program "no-such-derivtex"))
    (with-temp-buffer
      (insert "x^T x")
      (should (string-match-p "no-such-derivtex is not to be found"
                              (cadr (should-error (derivtex-region 1 6 "x") :type 'user-error)))))))

(ert-deftest derivtex-test-org ()
  "A source block of an Org document gives LaTeX; one that cannot be read an error."
  (let ((org-confirm-babel-evaluate nil)
        (org-babel-default-header-args:derivtex '((:results . "raw") (:exports . "results"))))
    (with-temp-buffer
      (org-mode)
      (insert "#+begin_src derivtex :wrt x :declare A: matrix n x n symmetric\nx^T A x\n#+end_src\n")
      (goto-char (point-min))
      (org-babel-execute-src-block)
      (should (string-match-p "= *2Ax" (buffer-string))))
    (with-temp-buffer
      (org-mode)
      (insert "#+begin_src derivtex :wrt x\ntr(x\n#+end_src\n")
      (goto-char (point-min))
      (should (string-match-p "line 1 of the block" (cadr (should-error (org-babel-execute-src-block) :type 'user-error)))))))

;;; derivtex-test.el ends here
