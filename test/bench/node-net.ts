/**
 * Node's modules over our stacks: what a Duplex of ours carries beside the raw sockets below it, and http over it beside node:http over the
 * kernel's loopback, client and server in this one process both times.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { LabTime } from '../../host/lab-time.js'
import { nodeAdapters } from '../../host/node/net/adapters.js'
import { type NodeModules, nodeModules } from '../../host/node/net/modules.js'
import { type BenchFigure, type Benchmark, medianOf } from './figure.js'
import { BenchFlow, stackPair, WINDOW } from './tcp-flow.js'

const OCTETS = 64 << 20
const REQUESTS = 3000
const BODY = 10_000_000
const HANDSHAKES = 100
const ROUNDS = 3

/** Client's and server's modules, on two stacks with nothing between them. */
function twoPrograms(): { client: NodeModules; server: NodeModules } {
  const { clock, a, b } = stackPair({}, { tcp: { sendBuffer: WINDOW, receiveBuffer: WINDOW } })
  const time = new LabTime(clock)
  const [client, server] = [a, b].map((stack) => nodeModules({ name: stack.name, stack, time }))
  return { client, server }
}

/** Seconds of processor time, of all threads. */
async function spent(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Octets a second of processor time. */
async function raw(): Promise<number> {
  const { clock, a, b } = stackPair()
  const flow = new BenchFlow(a, b, '10.0.0.2', { sendBuffer: WINDOW, receiveBuffer: WINDOW })
  flow.run(clock, OCTETS)
  return OCTETS / (await spent(async () => flow.run(clock, flow.received + OCTETS)))
}

async function stream(client: Pick<typeof net, 'connect'>, server: Pick<typeof net, 'createServer'>, host: string) {
  let come = 0
  const front = server.createServer((socket) => {
    socket.on('data', (data) => {
      come += data.length
    })
  })
  await once(front.listen(0, host), 'listening')
  const socket = client.connect((front.address() as net.AddressInfo).port, host)
  await once(socket, 'connect')
  const chunk = Buffer.alloc(WINDOW, 7)
  const carry = async (octets: number) => {
    const end = come + octets
    for (let sent = 0; sent < octets; sent += chunk.length) if (!socket.write(chunk)) await once(socket, 'drain')
    while (come < end) await new Promise((resolve) => setImmediate(resolve))
  }
  await carry(OCTETS)
  const seconds = await spent(() => carry(OCTETS))
  socket.destroy()
  front.close()
  return OCTETS / seconds
}

interface HttpRates {
  readonly requests: number
  readonly octets: number
}

/** The same client and server code, on whatever carries it. */
async function rates(agent: http.Agent, port: number): Promise<HttpRates> {
  const get = (path: string) =>
    new Promise<number>((resolve, reject) => {
      http
        .get({ host: '10.0.0.2', port, path, agent }, (answer) => {
          let octets = 0
          answer.on('data', (data: Buffer) => {
            octets += data.length
          })
          answer.on('end', () => resolve(octets))
        })
        .on('error', reject)
    })
  const many = async (count: number) => {
    for (let i = 0; i < count; i++) if ((await get('/small')) !== 1024) throw new Error('an answer is not whole')
  }
  // What the engine compiles on the way, it compiles once.
  await many(REQUESTS)
  const small = await spent(() => many(REQUESTS))
  for (let i = 0; i < 5; i++) await get('/large')
  const large = await spent(async () => {
    for (let i = 0; i < 5; i++) if ((await get('/large')) !== BODY) throw new Error('an answer is not whole')
  })
  agent.destroy()
  return { requests: REQUESTS / small, octets: (5 * BODY) / large }
}

function application(): http.Server {
  const [small, large] = [Buffer.alloc(1024, 1), Buffer.alloc(BODY, 2)]
  return http.createServer((asked, answer) => answer.end(asked.url === '/small' ? small : large))
}

async function overOurs(): Promise<HttpRates> {
  const { client, server } = twoPrograms()
  const front = nodeAdapters(server.net).serve(application()).listen(80)
  await once(front, 'listening')
  const result = await rates(nodeAdapters(client.net).httpAgent({ keepAlive: true }), 80)
  front.close()
  return result
}

async function overTheKernel(): Promise<HttpRates> {
  const server = application().listen(0, '127.0.0.1')
  await once(server, 'listening')
  class Agent extends http.Agent {
    override createConnection(options: net.NetConnectOpts) {
      return net.connect({ ...options, host: '127.0.0.1' } as net.TcpNetConnectOpts)
    }
  }
  const result = await rates(new Agent({ keepAlive: true }), (server.address() as net.AddressInfo).port)
  server.close()
  return result
}

/** Handshakes of TLS 1.3 a second of processor time, both ends. */
async function handshakes(
  client: Pick<typeof net, 'connect'>,
  server: Pick<typeof net, 'createServer'>,
  host: string,
  certificate: { readonly key: string; readonly cert: string },
): Promise<number> {
  const secured = tls.createServer(certificate, (socket) => socket.end())
  const front = server.createServer({ allowHalfOpen: false }, (socket) => secured.emit('connection', socket))
  await once(front.listen(0, host), 'listening')
  const { port } = front.address() as net.AddressInfo
  const shake = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const socket = tls.connect({ socket: client.connect(port, host), ca: certificate.cert, servername: 'bench.test' })
      socket.resume()
      await once(socket, 'close')
    }
  }
  await shake(HANDSHAKES / 10)
  const seconds = await spent(() => shake(HANDSHAKES))
  front.close()
  return HANDSHAKES / seconds
}

function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-bench-'))
  try {
    const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    words.push('-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=bench.test')
    execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' })
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name), 'utf8'))
    return { key, cert }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The median of several rounds, ours and the peer's by turns. */
async function byTurns<T>(ours: () => Promise<T>, peers: () => Promise<T>): Promise<[ours: T[], peers: T[]]> {
  const [some, others]: [T[], T[]] = [[], []]
  for (let i = 0; i < ROUNDS; i++) {
    others.push(await peers())
    some.push(await ours())
  }
  return [some, others]
}

export const nodeNet: Benchmark = {
  name: 'node net',
  async run(): Promise<BenchFigure[]> {
    const asNode = ({ net: ours }: NodeModules) => ours as unknown as typeof net
    const [duplex, raws] = await byTurns(async () => {
      const { client, server } = twoPrograms()
      return stream(asNode(client), asNode(server), '10.0.0.2')
    }, raw)
    const [ours, kernels] = await byTurns(overOurs, overTheKernel)
    const own = certificate()
    const [shakes, kernelShakes] = await byTurns(
      async () => {
        const { client, server } = twoPrograms()
        return handshakes(asNode(client), asNode(server), '10.0.0.2', own)
      },
      () => handshakes(net, net, '127.0.0.1', own),
    )
    const figure = (
      name: string,
      unit: BenchFigure['unit'],
      some: number[],
      others: number[],
      what: string,
      aim?: string,
    ) => {
      const [value, peer] = [medianOf(some), medianOf(others)]
      return {
        name,
        value,
        unit,
        against: `${what}, ${peer.toFixed(0)} ${unit} in the same run; processor time`,
        ratio: value / peer,
        ...(aim === undefined ? {} : { aim }),
      }
    }
    const mega = (values: number[]) => values.map((value) => value / 1e6)
    const kernel = 'node:http over the kernel’s loopback'
    return [
      figure('net.Socket, one way', 'MB/s', mega(duplex), mega(raws), 'the raw sockets below it', '0.75 or more'),
      figure(
        'http, 1 kB answers',
        '1/s',
        ours.map((each) => each.requests),
        kernels.map((each) => each.requests),
        kernel,
        '1 or more',
      ),
      figure(
        'http, 10 MB answers',
        'MB/s',
        mega(ours.map((each) => each.octets)),
        mega(kernels.map((each) => each.octets)),
        kernel,
        '1 or more',
      ),
      figure('TLS 1.3 handshakes', '1/s', shakes, kernelShakes, 'node:tls over the kernel’s loopback'),
    ]
  },
}
