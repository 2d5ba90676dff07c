;;; ob-derivtex.el --- org-babel for derivtex  -*- lexical-binding: t; -*-

;;; Commentary:

;; #+begin_src derivtex :wrt W :declare "X: matrix n x m"
;; \|XW - Y\|_F^2
;; #+end_src
;;
;; The result is LaTeX.  (org-babel-do-load-languages 'org-babel-load-languages
;; '((derivtex . t))) loads it.

;;; Code:

(require 'ob)
(require 'derivtex)

(defvar org-babel-default-header-args:derivtex '((:results . "latex") (:exports . "results")))

(defconst ob-derivtex-options '(:of :wrt :order :layout :form :structure :complex :detail :template :profile)
  "Header arguments that are options of the same name.")

(defun ob-derivtex-arguments (params)
  "The arguments that PARAMS stand for."
  (let (found)
    (dolist (pair params (nreverse found))
      (cond ((memq (car pair) ob-derivtex-options)
             (push (concat "--" (substring (symbol-name (car pair)) 1)) found)
             (push (format "%s" (cdr pair)) found))
            ((eq (car pair) :declare)
             (push "--declare" found)
             (push (format "%s" (cdr pair)) found))))))

(defun org-babel-execute:derivtex (body params)
  "Derive BODY with the options in PARAMS."
  (condition-case failure
      (string-trim-right (derivtex-run body (append '("derive" "-" "--profile" "latex") (ob-derivtex-arguments params))))
    (derivtex-error
     (pcase (cdr failure)
       (`(,message ,line . ,_) (user-error "derivtex: line %d of the block: %s" line message))
       (`(,message) (user-error "derivtex: %s" message))))))

(provide 'ob-derivtex)
;;; ob-derivtex.el ends here
