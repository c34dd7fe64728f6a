/** HTTP/1.1 (RFC 9112): a page, compressed, and a cookie by which the server knows the client again. And the same inside of TLS. */
import { once } from 'node:events'
import http, { type IncomingMessage, type RequestListener } from 'node:http'
import https from 'node:https'
import type { TLSSocket } from 'node:tls'
import { gunzipSync, gzipSync } from 'node:zlib'
import { keyed } from '../../text/keyed.js'
import { nodeAdapters } from '../net/adapters.js'
import { DEMO_CERTIFICATE, DEMO_KEY } from './certificate.js'
import type { Demo, DemoStage, ServerStage } from './demo.js'
import { opened } from './serving.js'

const LAYERS = ['应用层', '表示层', '会话层', '传输层', '网络层', '数据链路层', '物理层']
const PAGE = `<!doctype html><meta charset="utf-8"><title>socket</title><ol>${LAYERS.map((name) => `<li>${name}：<a href="/${name}">${name}</a></li>`).join('')}</ol>\n`

function pages(stage: ServerStage): RequestListener {
  return (asked, answer) => {
    answer.sendDate = false
    const visits = Number(/visits=(\d+)/.exec(asked.headers.cookie ?? '')?.[1] ?? 0) + 1
    // RFC 9110 12.5.3: who does not say so may not unpack it.
    const isPacked = /\bgzip\b/.test(String(asked.headers['accept-encoding']))
    const body = isPacked ? gzipSync(PAGE) : Buffer.from(PAGE)
    answer.setHeader('Content-Type', 'text/html; charset=utf-8')
    if (isPacked) answer.setHeader('Content-Encoding', 'gzip')
    answer.setHeader('Content-Length', body.length)
    answer.setHeader('Set-Cookie', `visits=${visits}`)
    stage.says(
      'server',
      `HTTP/1.1 200 OK, Set-Cookie: visits=${visits}, ${isPacked ? 'Content-Encoding: gzip, ' : ''}Content-Length: ${body.length}`,
    )
    answer.end(body)
  }
}

async function get(
  stage: DemoStage,
  module: typeof http | typeof https,
  options: https.RequestOptions,
): Promise<IncomingMessage> {
  const cookie = options.headers as { readonly Cookie?: string } | undefined
  stage.says('client', `GET / HTTP/1.1${cookie?.Cookie === undefined ? '' : `, Cookie: ${cookie.Cookie}`}`)
  const headers = { ...cookie, 'Accept-Encoding': 'gzip' }
  const asked = module.get({ host: stage.serverAddress, path: '/', ...options, headers })
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  const text = gunzipSync(Buffer.concat(parts)).toString('utf8')
  if (text !== PAGE) throw new Error('the page did not come as it was sent')
  stage.explains(
    6,
    keyed('demo.unpacked', {
      packed: Buffer.concat(parts).length,
      octets: Buffer.byteLength(text),
      characters: [...text].length,
    }),
  )
  return answer
}

const cookieOf = (answer: IncomingMessage) => ({ Cookie: answer.headers['set-cookie']?.[0] ?? '' })

export const HTTP_DEMO: Demo = {
  name: 'http',
  transport: 'TCP',
  port: 80,
  example: (address) => `curl -v --compressed http://${address}/`,
  serve: (stage) => opened(nodeAdapters(stage.server.net).serve(http.createServer(pages(stage))), stage, 80),
  async use(stage) {
    const agent = nodeAdapters(stage.client.net).httpAgent({ keepAlive: true })
    const first = await get(stage, http, { agent })
    stage.explains(5, keyed('demo.cookie'))
    await get(stage, http, { agent, headers: cookieOf(first) })
    agent.destroy()
  },
}

export const HTTPS_DEMO: Demo = {
  name: 'https',
  transport: 'TCP',
  port: 443,
  example: (address) => `curl -v --insecure --compressed https://${address}/`,
  serve(stage) {
    const secured = https.createServer({ key: DEMO_KEY, cert: DEMO_CERTIFICATE }, pages(stage))
    secured.on('keylog', (line: Buffer) => stage.keyLog(line))
    return opened(nodeAdapters(stage.server.net).serve(secured), stage, 443)
  },
  async use(stage) {
    const agent = nodeAdapters(stage.client.net).httpsAgent({
      ca: DEMO_CERTIFICATE,
      servername: 'server.lab.test',
      keepAlive: false,
    })
    for (let i = 0; i < 2; i++) {
      const answer = await get(stage, https, { agent })
      const socket = answer.socket as TLSSocket
      const { standardName } = socket.getCipher()
      stage.explains(6, keyed('demo.tls', { version: socket.getProtocol() ?? '', cipher: standardName }))
      stage.explains(5, socket.isSessionReused() ? keyed('demo.resumed') : keyed('demo.full-handshake'))
      if (!socket.closed) await once(socket, 'close')
    }
    agent.destroy()
  },
}
