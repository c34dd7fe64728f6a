/** Programs that other people wrote, unchanged, client and server over a lab's wire. */
import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { Aedes } from 'aedes'
import mqtt from 'mqtt'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import ssh2 from 'ssh2'
import { Agent, fetch, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createLab } from '../../host/lab.js'
import { nodeAdapters } from '../../host/node/net/adapters.js'
import { nodeModules } from '../../host/node/net/modules.js'

let key: string
let cert: string
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-programs-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']
  words.push(
    '-keyout',
    keyFile,
    '-out',
    certFile,
    '-subj',
    '/CN=board.test',
    '-addext',
    'subjectAltName=DNS:board.test',
  )
  execFileSync('openssl', words, { stdio: 'ignore' })
  key = readFileSync(keyFile, 'utf8')
  cert = readFileSync(certFile, 'utf8')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Two hosts on a cable: a client's and a server's modules and adapters, and a hash of every frame and its instant. */
async function wire() {
  const lab = createLab({ seed: 16 })
  const [a, b] = [1, 2].map((n) => lab.addHost({ address: `10.0.0.${n}/24` }))
  const cable = lab.connect(a.port, b.port)
  const hash = createHash('sha256')
  let frames = 0
  cable.onFrame(({ at, octets }) => {
    frames++
    hash.update(`${at} `).update(octets)
  })
  await lab.run({ until: () => a.network.linkUp && b.network.linkUp })
  const [client, server] = [a, b].map((host) => nodeModules(host))
  return {
    lab,
    client: { ...client, ...nodeAdapters(client.net) },
    server: { ...server, ...nodeAdapters(server.net) },
    frames: () => ({ frames, hash: hash.copy().digest('hex') }),
  }
}

describe('over a lab’s wire', () => {
  it('node:http, with an agent that keeps connections', async () => {
    const { client, server, frames } = await wire()
    const app = http.createServer((asked, answer) => answer.end(`${asked.method} ${asked.url}`))
    const front = server.serve(app).listen(80)
    const agent = client.httpAgent({ keepAlive: true })
    const get = (path: string) =>
      new Promise<string>((resolve, reject) => {
        http
          .get({ host: '10.0.0.2', path, agent }, async (answer) => {
            let text = ''
            for await (const part of answer) text += part
            resolve(text)
          })
          .on('error', reject)
      })
    expect(await get('/a')).toBe('GET /a')
    expect(await get('/b')).toBe('GET /b')
    expect(frames().frames).toBeGreaterThan(7)
    agent.destroy()
    front.close()
    await once(front, 'close')
  })

  it('undici and fetch', async () => {
    const { client, server } = await wire()
    const app = http.createServer(async (asked, answer) => {
      let length = 0
      for await (const part of asked) length += part.length
      answer.end(JSON.stringify({ length }))
    })
    const front = server.serve(app).listen(8080)
    const dispatcher = new Agent({ connect: client.undiciConnect() })
    const { body } = await request('http://10.0.0.2:8080/', { method: 'POST', body: 'x'.repeat(100_000), dispatcher })
    expect(await body.json()).toEqual({ length: 100_000 })
    const answer = await fetch('http://10.0.0.2:8080/', { method: 'PUT', body: 'grüße', dispatcher })
    expect(await answer.json()).toEqual({ length: 7 })
    await dispatcher.close()
    front.close()
    await once(front, 'close')
  })

  it('https: with node’s agent and with undici; who refuses is told of by its code', async () => {
    const { client, server } = await wire()
    const app = https.createServer({ key, cert }, (asked, answer) =>
      answer.end(`${asked.url} ${(asked.socket as tls.TLSSocket).getProtocol()}`),
    )
    const front = server.serve(app).listen(443)
    const agent = client.httpsAgent({ ca: cert, servername: 'board.test' })
    const text = await new Promise<string>((resolve, reject) => {
      https
        .get({ host: '10.0.0.2', path: '/secret', agent }, async (answer) => {
          let all = ''
          for await (const part of answer) all += part
          resolve(all)
        })
        .on('error', reject)
    })
    expect(text).toBe('/secret TLSv1.3')
    const dispatcher = new Agent({ connect: client.undiciConnect({ ca: cert, servername: 'board.test' }) })
    expect(await (await fetch('https://10.0.0.2/u', { dispatcher })).text()).toBe('/u TLSv1.3')
    await expect(fetch('https://10.0.0.2:444/', { dispatcher })).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    })
    await dispatcher.close()
    agent.destroy()
    front.close()
    await once(front, 'close')
  })

  it('http2, in clear and with TLS and ALPN', async () => {
    const { client, server } = await wire()
    const answer: Parameters<typeof http2.createServer>[1] = (asked, response) => response.end(`two ${asked.url}`)
    const fronts = [
      server.serve(http2.createServer(answer)).listen(80),
      server.serve(http2.createSecureServer({ key, cert }, answer)).listen(443),
    ]
    const plain = http2.connect('http://10.0.0.2', {
      createConnection: () => client.net.connect(80, '10.0.0.2') as never,
    })
    const secured = http2.connect('https://board.test', {
      createConnection: () =>
        tls.connect({
          socket: client.net.connect(443, '10.0.0.2') as never,
          servername: 'board.test',
          ca: cert,
          ALPNProtocols: ['h2'],
        }),
    })
    for (const session of [plain, secured]) {
      const asked = session.request({ ':path': '/x' })
      asked.setEncoding('utf8')
      let text = ''
      for await (const part of asked) text += part
      expect(text).toBe('two /x')
      session.close()
    }
    for (const front of fronts) {
      front.close()
      await once(front, 'close')
    }
  })

  it('ws: a WebSocket, both ways', async () => {
    const { client, server } = await wire()
    const app = http.createServer()
    new WebSocketServer({ server: app }).on('connection', (socket) => {
      socket.on('message', (data) => socket.send(`${data}!`))
    })
    const front = server.serve(app).listen(80)
    const socket = new WebSocket('ws://10.0.0.2/', { createConnection: client.net.connect as never })
    await once(socket, 'open')
    socket.send('hello')
    const [data] = await once(socket, 'message')
    expect(String(data)).toBe('hello!')
    socket.close()
    await once(socket, 'close')
    front.close()
    await once(front, 'close')
  })

  it('ssh2: a password, a command, its output and its status', async () => {
    const { client, server } = await wire()
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const daemon = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
      connection.on('authentication', (context) => {
        if (context.method === 'password' && context.password === 'open') context.accept()
        else context.reject(['password'])
      })
      connection.on('session', (accept) => {
        accept().on('exec', (run, _reject, { command }) => {
          const stream = run()
          stream.write(`did ${command}`)
          stream.exit(3)
          stream.end()
        })
      })
      connection.on('error', () => {})
    })
    const front = server.serve(daemon).listen(22)
    const session = new ssh2.Client()
    session.connect({ sock: client.net.connect(22, '10.0.0.2'), username: 'me', password: 'open' })
    await once(session, 'ready')
    const [text, status] = await new Promise<[string, number]>((resolve, reject) => {
      session.exec('uname', (error, stream) => {
        if (error) return reject(error)
        let output = ''
        let code = -1
        stream.on('data', (part: Buffer) => {
          output += part
        })
        stream.on('exit', (given: number) => {
          code = given
        })
        stream.on('close', () => resolve([output, code]))
      })
    })
    expect([text, status]).toEqual(['did uname', 3])
    session.end()
    await once(session, 'close')
    front.close()
    await once(front, 'close')
  })

  it('mqtt and aedes: what is retained, and a will', async () => {
    const { client, server } = await wire()
    const broker = await Aedes.createBroker()
    const front = server.net.createServer((socket) => broker.handle(socket)).listen(1883)
    const open = (options: mqtt.IClientOptions) =>
      new mqtt.MqttClient(() => client.net.connect(1883, '10.0.0.2'), { ...options, reconnectPeriod: 0 })
    const sensor = open({ will: { topic: 'end', payload: Buffer.from('gone'), qos: 1, retain: false } })
    await new Promise<void>((resolve) => sensor.once('connect', () => resolve()))
    await sensor.publishAsync('level', '42', { qos: 1, retain: true })
    const screen = open({})
    const heard: string[] = []
    const both = new Promise<void>((resolve) =>
      screen.on('message', (topic, payload) => {
        heard.push(`${topic} ${payload}`)
        if (heard.length === 1) sensor.stream.destroy()
        else resolve()
      }),
    )
    await screen.subscribeAsync(['level', 'end'], { qos: 1 })
    await both
    expect(heard).toEqual(['level 42', 'end gone'])
    await screen.endAsync()
    await new Promise<void>((resolve) => broker.close(resolve))
    front.close()
    await once(front, 'close')
  })

  it('nodemailer and smtp-server: a letter, with AUTH and STARTTLS', async () => {
    const { client, server } = await wire()
    const letters: string[] = []
    const daemon = new SMTPServer({
      key,
      cert,
      onAuth: ({ username, password }, session, done) =>
        username === 'me' && password === 'open' && session.secure ? done(null, { user: 'me' }) : done(new Error('no')),
      onData: async (stream, _session, done) => {
        let text = ''
        for await (const part of stream) text += part
        letters.push(text)
        done()
      },
    })
    const front = server.serve(daemon).listen(25)
    const transport = createTransport({
      host: '10.0.0.2',
      port: 25,
      requireTLS: true,
      tls: { ca: cert, servername: 'board.test' },
      auth: { user: 'me', pass: 'open' },
      getSocket: client.nodemailerSocket,
    } as never)
    const { accepted } = await transport.sendMail({ from: 'a@x.test', to: 'b@y.test', subject: 'Grüße', text: 'hello' })
    expect(accepted).toEqual(['b@y.test'])
    expect(letters).toHaveLength(1)
    expect(letters[0]).toMatch(/Subject: =\?UTF-8\?.*\r\n(?:.*\r\n)*hello/)
    transport.close()
    front.close()
    await once(front, 'close')
  })

  it('says what takes no connections', async () => {
    const { server } = await wire()
    expect(() => server.serve({} as never)).toThrow(/takes no connections/)
  })
})
