/** The applications that the article names, and the names that they stand on. */
import type { Demo } from './demo.js'
import { DNS_DEMO } from './dns.js'
import { FTP_DEMO } from './ftp.js'
import { HTTP_DEMO, HTTPS_DEMO } from './http.js'
import { HTTP2_DEMO } from './http2.js'
import { POP3_DEMO, SMTP_DEMO } from './mail.js'
import { MQTT_DEMO } from './mqtt.js'
import { NTP_DEMO } from './ntp.js'
import { SSH_DEMO } from './ssh.js'
import { TELNET_DEMO } from './telnet.js'
import { WEBSOCKET_DEMO } from './websocket.js'

export const DEMOS: readonly Demo[] = [
  HTTP_DEMO,
  HTTPS_DEMO,
  HTTP2_DEMO,
  WEBSOCKET_DEMO,
  FTP_DEMO,
  TELNET_DEMO,
  SSH_DEMO,
  SMTP_DEMO,
  POP3_DEMO,
  MQTT_DEMO,
  DNS_DEMO,
  NTP_DEMO,
]
