/** A letter's way: SMTP (RFC 5321) with STARTTLS (RFC 3207) brings it to the server, POP3 (RFC 1939) fetches it. */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { keyed } from '../../text/keyed.js'
import type { NodeSocket } from '../net/socket.js'
import { DEMO_CERTIFICATE, DEMO_KEY } from './certificate.js'
import type { Demo, DemoStage, ServerStage } from './demo.js'
import { LineTalk } from './line-talk.js'
import { serving } from './serving.js'

/** RFC 5322, with a subject by RFC 2047 and a body by RFC 2045: characters as octets that every relay lets pass. */
const LETTER = [
  'From: client@lab.test',
  'To: server@lab.test',
  `Subject: =?UTF-8?B?${Buffer.from('套接字').toString('base64')}?=`,
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('一次握手，两次挥手。\r\n').toString('base64'),
]

/** What a client says to a server, until the connection is closed. */
async function talking(stage: DemoStage, port: number, talk: (talk: LineTalk) => Promise<void>): Promise<void> {
  const socket = stage.client.net.connect(port, stage.serverAddress)
  await talk(new LineTalk(stage, 'client', socket as unknown as Duplex))
  if (!socket.closed) await once(socket, 'close')
}

async function serveSmtp(stage: ServerStage, socket: NodeSocket): Promise<void> {
  const talk = new LineTalk(stage, 'server', socket as unknown as Duplex)
  talk.send('220 server.lab.test ESMTP')
  let isSecured = false
  for (let line = await talk.line(); line !== undefined; line = await talk.line()) {
    const verb = line.split(' ')[0].toUpperCase()
    if (verb === 'EHLO') {
      talk.send('250-server.lab.test')
      talk.send(isSecured ? '250 8BITMIME' : '250 STARTTLS')
    } else if (verb === 'STARTTLS') {
      talk.send('220 go on in TLS')
      talk.switchTo((plain) => {
        const secured = new tls.TLSSocket(plain, { isServer: true, key: DEMO_KEY, cert: DEMO_CERTIFICATE })
        secured.on('keylog', (line) => stage.keyLog(line))
        return secured
      })
      isSecured = true
    } else if (verb === 'MAIL' || verb === 'RCPT') talk.send('250 ok')
    else if (verb === 'DATA') {
      talk.send('354 end with a dot')
      let lines = 0
      for (let part = await talk.line(); part !== undefined && part !== '.'; part = await talk.line()) lines++
      talk.send(`250 taken, ${lines} lines`)
    } else if (verb === 'QUIT') {
      talk.send('221 bye')
      talk.end()
    } else talk.send('502 that is not spoken here')
  }
}

export const SMTP_DEMO: Demo = {
  name: 'smtp',
  transport: 'TCP',
  port: 25,
  example: (address) =>
    `curl -v --insecure --ssl-reqd --mail-from me@lab.test --mail-rcpt server@lab.test --upload-file LETTER smtp://${address}`,
  serve: (stage) => serving(stage, 25, serveSmtp),
  use: (stage) =>
    talking(stage, 25, async (talk) => {
      await talk.expect('220')
      await talk.ask('EHLO client.lab.test', '250')
      await talk.ask('STARTTLS', '220')
      stage.explains(6, keyed('demo.starttls'))
      talk.switchTo((plain) =>
        tls.connect({ socket: plain as never, ca: DEMO_CERTIFICATE, servername: 'server.lab.test' }),
      )
      stage.explains(5, keyed('demo.starttls-again'))
      await talk.ask('EHLO client.lab.test', '250')
      await talk.ask('MAIL FROM:<client@lab.test>', '250')
      await talk.ask('RCPT TO:<server@lab.test>', '250')
      await talk.ask('DATA', '354')
      stage.explains(6, keyed('demo.mime'))
      for (const line of LETTER) talk.send(line)
      await talk.ask('.', '250')
      await talk.ask('QUIT', '221')
      talk.end()
    }),
}

async function servePop3(stage: ServerStage, socket: NodeSocket): Promise<void> {
  const talk = new LineTalk(stage, 'server', socket as unknown as Duplex)
  const octets = LETTER.reduce((sum, line) => sum + line.length + 2, 0)
  let letters = 1
  let isDeleted = false
  talk.send('+OK lab POP3')
  for (let line = await talk.line(); line !== undefined; line = await talk.line()) {
    const verb = line.split(' ')[0].toUpperCase()
    if (verb === 'USER') talk.send('+OK')
    else if (verb === 'PASS') talk.send(`+OK ${letters} letter`)
    else if (verb === 'STAT') talk.send(`+OK ${letters} ${letters * octets}`)
    else if (verb === 'RETR') {
      talk.send(`+OK ${octets} octets`)
      for (const part of LETTER) talk.send(part.startsWith('.') ? `.${part}` : part)
      talk.send('.')
    } else if (verb === 'DELE') {
      isDeleted = true
      talk.send('+OK marked')
    } else if (verb === 'QUIT') {
      if (isDeleted) letters--
      talk.send(`+OK ${letters} left`)
      talk.end()
    } else talk.send('-ERR that is not spoken here')
  }
}

export const POP3_DEMO: Demo = {
  name: 'pop3',
  transport: 'TCP',
  port: 110,
  example: (address) => `curl -v --user lab:open pop3://${address}/1`,
  serve: (stage) => serving(stage, 110, servePop3),
  use: (stage) =>
    talking(stage, 110, async (talk) => {
      await talk.expect('+OK')
      stage.explains(5, keyed('demo.pop3-states'))
      await talk.ask('USER lab', '+OK')
      await talk.ask('PASS open', '+OK')
      await talk.ask('STAT', '+OK')
      await talk.ask('RETR 1', '+OK')
      const lines: string[] = []
      for (let line = await talk.line(); line !== '.'; line = await talk.line()) {
        if (line === undefined) throw new Error('the letter ended before its dot')
        lines.push(line)
      }
      if (lines.join() !== LETTER.join()) throw new Error('the letter did not come as it was sent')
      stage.explains(
        6,
        keyed('demo.mime-read', {
          subject: decoded(lines),
          body: Buffer.from(lines.at(-1)!, 'base64').toString('utf8').trim(),
        }),
      )
      await talk.ask('DELE 1', '+OK')
      await talk.ask('QUIT', '+OK')
      talk.end()
    }),
}

/** The subject's characters, by RFC 2047. */
function decoded(lines: readonly string[]): string {
  const [, text] = /^Subject: =\?UTF-8\?B\?(.*)\?=$/m.exec(lines.join('\n')) ?? []
  return Buffer.from(text ?? '', 'base64').toString('utf8')
}
