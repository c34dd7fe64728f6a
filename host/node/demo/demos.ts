/** The applications that the article names, and the names that they stand on. */
import type { Demo } from './demo.js'
import { DNS_DEMO } from './dns.js'
import { FTP_DEMO } from './ftp.js'
import { HTTP_DEMO, HTTPS_DEMO } from './http.js'
import { POP3_DEMO, SMTP_DEMO } from './mail.js'
import { SSH_DEMO } from './ssh.js'
import { TELNET_DEMO } from './telnet.js'

export const DEMOS: readonly Demo[] = [
  HTTP_DEMO,
  HTTPS_DEMO,
  FTP_DEMO,
  TELNET_DEMO,
  SSH_DEMO,
  SMTP_DEMO,
  POP3_DEMO,
  DNS_DEMO,
]
