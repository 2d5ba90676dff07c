;;; eglot-test.el --- eglot with `derivtex lsp'  -*- lexical-binding: t; -*-
;; emacs -Q --batch -l eglot-test.el -f ert-run-tests-batch-and-exit; DERIVTEX and PAPER in the environment
(require 'package)
(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa"))
(package-initialize)
(require 'eglot)
(require 'ert)

(ert-deftest derivtex-test-eglot ()
  "A formula whose dimensions do not conform is underlined; another is derived."
  (with-current-buffer (find-file-noselect (getenv "PAPER"))
    (latex-mode)
    (setq-local eglot-sync-connect 20)
    (eglot--connect '(latex-mode) (cons 'transient default-directory) 'eglot-lsp-server
                    (append (split-string (getenv "DERIVTEX")) '("lsp")) "latex")
    (let ((end (time-add nil 20)))
      (while (and (null (flymake-diagnostics)) (time-less-p nil end))
        (accept-process-output nil 0.1)
        (flymake-start)))
    (should (string-match-p "does not conform" (flymake-diagnostic-text (car (flymake-diagnostics)))))
    (goto-char (point-min))
    (search-forward "phi")
    (let* ((actions (jsonrpc-request (eglot-current-server) :textDocument/codeAction
                                     (list :textDocument (eglot--TextDocumentIdentifier)
                                           :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                                           :context '(:diagnostics []))))
           (edit (plist-get (aref actions 0) :edit)))
      (should (equal (plist-get (aref actions 0) :title) "Derive ∂φ/∂w below"))
      (eglot--apply-workspace-edit edit)
      (should (string-match-p (regexp-quote "2X^{T}r") (buffer-string))))
    (set-buffer-modified-p nil)))
