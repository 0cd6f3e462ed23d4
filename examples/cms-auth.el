;;; cms-auth.el --- OAuth tokens from cloud-mdir-sync  -*- lexical-binding: t; -*-

;; Version: 0.1
;; Package-Requires: ((emacs "28.1"))
;; Keywords: mail, comm

;;; Commentary:

;; An auth-source that asks cms-oauth for a token whenever one is needed, so that
;; smtpmail and Gnus (nnimap) need no password and no Secret Service:
;;
;;   (require 'cms-auth)
;;   (setq cms-auth-accounts '(("smtp.office365.com" . "user@domain.com")))
;;   (cms-auth-enable)

;;; Code:

(require 'auth-source)
(require 'nnheader)
(require 'smtpmail)
(require 'subr-x)

(defgroup cms-auth nil
  "OAuth tokens from cloud-mdir-sync."
  :group 'mail)

(defcustom cms-auth-accounts nil
  "Mail servers with the user whose token each takes, as (HOST . USER)."
  :type '(alist :key-type (string :tag "Host") :value-type (string :tag "User")))

(defcustom cms-auth-program '("cms-oauth")
  "The program that prints a token, and arguments for every call.
The argument \"--cms_sock=…\" names the daemon's socket, where that is not the
standard one."
  :type '(repeat string))

(defun cms-auth-token (user proto)
  "Return a fresh token of USER for PROTO, \"SMTP\" or \"IMAP\".
Without one, the error says what cms-oauth said."
  (with-temp-buffer
    (let ((status (apply #'call-process (car cms-auth-program) nil t nil
                         (append (cdr cms-auth-program)
                                 (list "--output=token" "--no_newline"
                                       (concat "--proto=" proto)
                                       (concat "--user=" user))))))
      (unless (eq status 0)
        (user-error "%s" (string-trim (buffer-string))))
      (buffer-string))))

(defun cms-auth--among (word wanted)
  "Whether WORD is what WANTED asks for: t or nil for any, a string, or a list."
  (or (memq wanted '(t nil))
      (member word (if (listp wanted) wanted (list wanted)))))

(defun cms-auth--proto (port)
  "The protocol that is spoken on PORT, which may be a list of names."
  (if (string-match-p "\\b\\(imaps?\\|143\\|993\\)\\b" (format "%s" port)) "IMAP" "SMTP"))

(cl-defun cms-auth-search (&key host user port &allow-other-keys)
  "Find the accounts for HOST, USER and PORT; see `auth-source-search'.
The token is asked for when it is used, since found accounts are remembered."
  (let (found)
    (pcase-dolist (`(,server . ,name) cms-auth-accounts found)
      (when (and (cms-auth--among server host) (cms-auth--among name user))
        (push (list :host server :user name :port port :smtp-auth "xoauth2"
                    :secret (lambda () (cms-auth-token name (cms-auth--proto port))))
              found)))))

(defvar cms-auth-backend
  (auth-source-backend :source "." :type 'cms :search-function #'cms-auth-search)
  "The auth-source backend.")

(defun cms-auth-backend-parse (entry)
  "Make ENTRY of `auth-sources' the backend, if it is the symbol cms."
  (when (eq entry 'cms)
    (auth-source-backend-parse-parameters entry cms-auth-backend)))

(add-hook 'auth-source-backend-parser-functions #'cms-auth-backend-parse)

(declare-function nnimap-send-command "nnimap" (&rest args))
(declare-function nnimap-get-response "nnimap" (sequence))
(declare-function nnimap-wait-for-line "nnimap" (regexp &optional response-regexp))
(defvar nnimap-authenticator)
(defvar nnimap-streaming)

(defun cms-auth-login (login user token)
  "Log USER in with TOKEN if that is how nnimap is to do it, else call LOGIN.
The `nnimap-login' of Emacs 28 breaks a token into lines, and waits for ever
when a server explains why it refuses one."
  (if (not (eq nnimap-authenticator 'xoauth2))
      (funcall login user token)
    (erase-buffer)
    (let* ((text (format "user=%s\001auth=Bearer %s\001\001" user token))
           (nnimap-streaming t)
           (sequence (nnimap-send-command "AUTHENTICATE XOAUTH2 %s"
                                          (base64-encode-string text t))))
      ;; Our answer, or the explanation: the end of an earlier answer may still arrive.
      (when (equal (nnimap-wait-for-line (format "^\\(%d\\|\\+\\) .*\n" sequence)) "+")
        (process-send-string (get-buffer-process (current-buffer)) "\r\n"))
      (let ((response (nnimap-get-response sequence)))
        (if (equal (caar response) "OK")
            (cons t response)
          (nnheader-report 'nnimap "%s" (car response)))))))

;;;###autoload
(defun cms-auth-enable ()
  "Look for credentials among `cms-auth-accounts' first."
  (interactive)
  (add-to-list 'auth-sources 'cms)
  (add-to-list 'smtpmail-auth-supported 'xoauth2)
  (advice-add 'nnimap-login :around #'cms-auth-login)
  (auth-source-forget-all-cached))

(provide 'cms-auth)
;;; cms-auth.el ends here
