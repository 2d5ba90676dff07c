;;; derivtex.el --- Derive matrix derivatives in LaTeX  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: tex, tools
;; URL: https://pypi.org/project/derivtex/

;;; Commentary:

;; `derivtex-at-point' derives the formula that point is in, below its display.
;; Select a formula and call `derivtex-region': its derivation stands below.
;; With a prefix argument it stands in place of the formula.  An error changes
;; nothing and puts point where it is.  `derivtex-answer-region' writes the post
;; that answers a question below it; `derivtex-check-buffer' lists the lines of
;; the file with their verdicts, the wrong ones as errors to jump to.  For org-babel see ob-derivtex.el; for
;; diagnostics and code actions let eglot run `derivtex lsp'.

;;; Code:

(require 'compile)
(require 'subr-x)

(defgroup derivtex nil
  "Derive matrix derivatives in LaTeX."
  :group 'tex)

(defcustom derivtex-program "derivtex"
  "The program."
  :type 'string)

(defcustom derivtex-program-arguments nil
  "Arguments before the command, such as (\"-m\" \"derivtex\") of a Python."
  :type '(repeat string))

(defcustom derivtex-options nil
  "Options of every derivation, such as (\"--layout\" \"numerator\")."
  :type '(repeat string)
  :safe #'listp)

(define-error 'derivtex-error "derivtex")

(defun derivtex-run (text arguments)
  "Give TEXT to the program with ARGUMENTS and return what it writes.
Signal `derivtex-error' with its message, and line and column, if it fails."
  (unless (executable-find derivtex-program)
    (signal 'derivtex-error (list (format "%s is not to be found: pip install derivtex" derivtex-program))))
  (let ((said (make-temp-file "derivtex"))
        (coding-system-for-read 'utf-8)
        (coding-system-for-write 'utf-8))
    (unwind-protect
        (with-temp-buffer
          (let* ((output (current-buffer))
                 (status (with-temp-buffer
                           (insert text)
                           (apply #'call-process-region nil nil derivtex-program nil (list output said) nil
                                  (append derivtex-program-arguments arguments))))
                 (message (with-temp-buffer (insert-file-contents said) (string-trim (buffer-string)))))
            (unless (eq status 0)
              (signal 'derivtex-error (derivtex--placed message status)))
            (buffer-string)))
      (delete-file said))))

(defun derivtex--placed (message status)
  "MESSAGE with its line and column, or STATUS where there is no message."
  (if (string-match "\\`[^:\n]*:\\([0-9]+\\):\\([0-9]+\\): " message)
      (list (substring message (match-end 0))
            (string-to-number (match-string 1 message))
            (string-to-number (match-string 2 message)))
    (list (if (string-empty-p message) (format "ended with status %s" status) message))))

(defun derivtex--arguments (wrt)
  "The arguments of a derivation by WRT, as this buffer can hold it."
  (append '("derive" "-")
          (unless (string-empty-p wrt) (list "--wrt" wrt))
          (when (and buffer-file-name (file-readable-p buffer-file-name))
            (list "--context" buffer-file-name))
          (cond (derivtex-options)
                ((derived-mode-p 'markdown-mode) '("--profile" "mathjax"))
                ((derivtex--amsmath-p) '("--profile" "latex")))))

(defun derivtex--amsmath-p ()
  "Whether the document loads amsmath."
  (save-excursion
    (goto-char (point-min))
    (re-search-forward "\\\\usepackage.*{[^}]*\\(amsmath\\|mathtools\\)" nil t)))

;;;###autoload
(defun derivtex-region (beg end wrt &optional replace)
  "Derive the formula between BEG and END by WRT.
WRT is empty where the formula asks itself.  The derivation stands on the lines
below; with REPLACE (a prefix argument) in place of the region."
  (interactive "*r\nsDerive by (empty if the formula asks): \nP")
  (let ((text (buffer-substring-no-properties beg end)))
    (condition-case failure
        (derivtex--insert (derivtex-run text (derivtex--arguments wrt)) beg end replace)
      (derivtex-error
       (pcase (cdr failure)
         (`(,message ,line ,column)
          (goto-char beg)
          (forward-line (1- line))
          (forward-char (+ (1- column) (if (= line 1) (- beg (point)) 0)))
          (user-error "derivtex: %s" message))
         (`(,message) (user-error "derivtex: %s" message)))))))

(defun derivtex--insert (text beg end replace)
  "Put TEXT below the lines that end at END, or with REPLACE between BEG and END."
  (if replace
      (progn (goto-char beg) (delete-region beg end) (insert text))
    (goto-char end)
    (unless (and (bolp) (> end beg))
      (end-of-line)
      (if (eobp) (insert "\n") (forward-char)))
    (insert text)))

;;;###autoload
(defun derivtex-at-point (wrt)
  "Derive the formula that point is in by WRT, below its display.
WRT is empty where the formula asks itself.  Macros and declarations of the
buffer hold, saved or not."
  (interactive "*sDerive by (empty if the formula asks): ")
  (let ((place (list "--line" (number-to-string (line-number-at-pos nil t))
                     "--column" (number-to-string (1+ (- (point) (line-beginning-position))))
                     "--name" (or buffer-file-name (if (derived-mode-p 'markdown-mode) "buffer.md" "buffer.tex"))))
        (text (save-restriction (widen) (buffer-substring-no-properties (point-min) (point-max))))
        (changed (generate-new-buffer " *derivtex*")))
    (unwind-protect
        (condition-case failure
            (let ((whole (derivtex-run text (append '("insert" "-") place derivtex-options
                                                    (unless (string-empty-p wrt) (list "--wrt" wrt))))))
              (with-current-buffer changed (insert whole))
              (save-restriction (widen) (replace-buffer-contents changed)))
          (derivtex-error (user-error "derivtex: %s" (cadr failure))))
      (kill-buffer changed))))

;;;###autoload
(defun derivtex-answer-region (beg end)
  "Answer the question between BEG and END; the post stands below it."
  (interactive "*r")
  (let ((profile (if (derived-mode-p 'latex-mode 'LaTeX-mode) "latex" "mathjax")))
    (condition-case failure
        (derivtex--insert (concat "\n" (derivtex-run (buffer-substring-no-properties beg end) (list "answer" "-" "--profile" profile)))
                          beg end nil)
      (derivtex-error (user-error "derivtex: %s" (cadr failure))))))

;;;###autoload
(defun derivtex-check-buffer (&optional fill)
  "Check the lines of this buffer's file in a compilation buffer.
With FILL (a prefix argument) the steps that lead to each line are told."
  (interactive "P")
  (unless buffer-file-name
    (user-error "derivtex: save the document first"))
  (save-buffer)
  (let ((words (append (list derivtex-program) derivtex-program-arguments '("check") (when fill '("--fill")) (list buffer-file-name))))
    (compilation-start (mapconcat #'shell-quote-argument words " ") #'derivtex-check-mode)))

(define-compilation-mode derivtex-check-mode "Derivtex"
  "The lines of a document with their verdicts."
  (setq-local compilation-error-regexp-alist '(("^\\([^:\n]+\\):\\([0-9]+\\):\\([0-9]+\\): fails " 1 2 3)
                                               ("^\\([^:\n]+\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:holds\\|condition\\|definition\\)" 1 2 3 0)
                                               ("^\\([^:\n]+\\):\\([0-9]+\\):\\([0-9]+\\): un" 1 2 3 1))))

(with-eval-after-load 'eglot
  (defvar eglot-server-programs)
  (add-to-list 'eglot-server-programs '((latex-mode markdown-mode) . ("derivtex" "lsp")) t))

(provide 'derivtex)
;;; derivtex.el ends here
