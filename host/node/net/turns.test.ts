import { createHash, scrypt } from 'node:crypto'
import { once } from 'node:events'
import http, { type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { createLab, type HostLab } from '../../lab.js'
import { nodeAdapters } from './adapters.js'
import { nodeModules } from './modules.js'
import type { TurnOptions } from './turns.js'

async function wire(options: TurnOptions = {}) {
  const lab = createLab({ seed: 16 })
  const [a, b] = [1, 2].map((n) => lab.addHost({ address: `10.0.0.${n}/24` }))
  const cable = lab.connect(a.port, b.port)
  const hash = createHash('sha256')
  cable.onFrame(({ at, octets }) => hash.update(`${at} `).update(octets))
  await lab.run({ until: () => a.network.linkUp && b.network.linkUp })
  return {
    lab,
    cable,
    host: b,
    client: nodeModules(a, options),
    server: nodeModules(b),
    digest: () => hash.copy().digest('hex'),
  }
}

const WORK: Readonly<Record<string, (done: (text: string) => void, lab: HostLab) => void>> = {
  'answers at once': (done) => done('at once'),
  'compresses in another thread': (done) => {
    gzip('x'.repeat(300_000), (_error, octets) => done(octets.toString('base64')))
  },
  'derives a key in another thread': (done) => {
    scrypt('password', 'salt', 32, { N: 4096 }, (_error, derived) => done(derived.toString('hex')))
  },
  // How long the lab needs for its second of silence is the machine's affair: a timer that fires before is another run.
  'waits for a timer, until time stands': (done, lab) => {
    const asked = lab.now
    const look = () => (lab.now - asked < SECOND ? setTimeout(look, 30) : done('later'))
    setTimeout(look, 30)
  },
  'waits for several turns of the loop': (done) => {
    let left = 5
    const again = () => (left-- > 0 ? setImmediate(again) : done('after some turns'))
    again()
  },
}

describe('virtual time and Node’s loop', () => {
  it.each(Object.entries(WORK))(
    'a server that %s gives the same frames at the same instants each time',
    async (_name, work) => {
      const run = async () => {
        const { client, server, digest, lab } = await wire()
        const app = http.createServer((_asked, answer: ServerResponse) => {
          answer.sendDate = false
          work((text) => answer.end(text), lab)
        })
        const front = nodeAdapters(server.net).serve(app).listen(80)
        const agent = nodeAdapters(client.net).httpAgent({ keepAlive: true })
        const texts: string[] = []
        for (let i = 0; i < 3; i++) {
          const [answer] = (await once(http.get({ host: '10.0.0.2', agent }), 'response')) as [http.IncomingMessage]
          let text = ''
          for await (const part of answer) text += part
          texts.push(text)
        }
        agent.destroy()
        front.close()
        await once(front, 'close')
        return { texts, digest: digest(), now: lab.now }
      }
      const first = await run()
      expect(first.texts[0].length).toBeGreaterThan(3)
      expect(await run()).toEqual(first)
      expect(await run()).toEqual(first)
    },
  )

  it.each<[string, (typeof WORK)[string]]>([
    ['other threads compute', WORK['derives a key in another thread']],
    [
      'it has put off to the next turn of the loop',
      (done) => {
        setImmediate(() => done('in a turn'))
      },
    ],
  ])('what %s takes no virtual time', async (_what, work) => {
    const { client, server, lab } = await wire()
    const front = server.net.createServer((accepted) => {
      accepted.on('data', () => work((text) => accepted.end(text), lab))
    })
    front.listen(7)
    const socket = client.net.connect(7, '10.0.0.2')
    await once(socket, 'connect')
    const asked = lab.now
    socket.write('x')
    await once(socket, 'data')
    expect(lab.now - asked).toBeLessThan(10 * MILLISECOND)
    front.close()
  })

  it('that a connection is closed is told at once, although it comes in a turn of its own', async () => {
    const { client, server, lab } = await wire()
    const front = server.net.createServer()
    front.listen(21)
    const control = client.net.connect(21, '10.0.0.2')
    const [first] = await once(front, 'connection')
    const data = client.net.connect(21, '10.0.0.2')
    const [second] = await once(front, 'connection')
    second.resume().once('close', () => first.write('226'))
    // Nobody is left at this end whom what follows would reach.
    data.destroy()
    const began = lab.now
    await once(control, 'data')
    expect(lab.now - began).toBeLessThan(10 * MILLISECOND)
    control.destroy()
    front.close()
  })

  it('a host that is not there is told of after three questions for it, a second each', async () => {
    const { client, lab } = await wire()
    const began = lab.now
    const [error] = await once(client.net.connect(80, '10.0.0.99'), 'error')
    expect(error).toMatchObject({ code: 'EHOSTUNREACH', address: '10.0.0.99', port: 80 })
    expect(lab.now - began).toBeLessThan(5 * SECOND)
  })

  it('parks after a second of silence, and no sooner', async () => {
    const { client, server, lab } = await wire()
    const front = server.net.createServer()
    front.listen(7)
    const socket = client.net.connect(7, '10.0.0.2')
    await once(socket, 'connect')
    const connected = lab.now
    const data = new Promise((resolve) => {
      front.once('connection', (accepted) => accepted.once('data', resolve))
      setTimeout(() => socket.write('x'), 50)
    })
    await data
    const silence = lab.now - connected
    expect(silence).toBeGreaterThanOrEqual(SECOND)
    expect(silence).toBeLessThan(SECOND + 10 * MILLISECOND)
    socket.destroy()
    front.close()
  })

  it('does not park while something is on its way: a frame that was lost is sent again', async () => {
    const { client, server, cable, lab, host } = await wire({ silence: 20 * MILLISECOND })
    const front = server.net.createServer((accepted) => accepted.pipe(accepted))
    front.listen(7)
    const socket = client.net.connect(7, '10.0.0.2')
    await once(socket, 'connect')
    cable.unplug()
    socket.write('in spite of it')
    lab.clock.after(700 * MILLISECOND, () => cable.plug(lab.hosts[0].port, host.port))
    const [data] = await once(socket, 'data')
    expect(String(data)).toBe('in spite of it')
    expect(lab.now).toBeGreaterThan(700 * MILLISECOND)
    socket.destroy()
    front.close()
  })

  it('an end that nobody answers is waited for until TCP gives it up, in no time', async () => {
    const { client, server, cable } = await wire()
    const front = server.net.createServer()
    front.listen(7)
    const socket = client.net.connect(7, '10.0.0.2')
    await once(socket, 'connect')
    cable.unplug()
    socket.write('into the void')
    const [error] = await once(socket, 'error')
    expect(error).toMatchObject({ code: 'EHOSTUNREACH' })
  })

  it('passes with the wall clock where that is asked for: what a board does later comes', async () => {
    const { client, host, lab } = await wire({ silence: 10 * MILLISECOND, whenQuiet: 'wall-clock' })
    const service = host.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    const socket = client.net.connect(7, '10.0.0.2')
    await once(socket, 'connect')
    // Nobody's program waits for this: an event of the lab alone.
    lab.clock.after(60 * MILLISECOND, () => service.socket.accept()?.write(new Uint8Array([0x41])))
    const [data] = await once(socket, 'data')
    expect(String(data)).toBe('A')
    socket.destroy()
  })

  it('what cannot be asked for is refused by name', async () => {
    const host = createLab().addHost({ address: '10.0.0.1/24' })
    expect(() => nodeModules(host, { silence: 0 })).toThrow(/silence is nanoseconds of virtual time/)
    expect(() => nodeModules(host, { whenQuiet: 'never' as never })).toThrow(/'park' or 'wall-clock'/)
    expect(() => nodeModules([])).toThrow(/name the hosts/)
    expect(() => nodeModules(undefined as never)).toThrow(/name the hosts/)
    expect(() => nodeModules({} as never)).toThrow(/name the hosts/)
    expect(() => nodeModules(host, { silense: 5 } as never)).toThrow(/there is no option "silense"/)
    expect(() => nodeAdapters(host as never)).toThrow(/give the module net of a host/)
    const other = createLab().addHost({ name: 'other', address: '10.0.0.2/24' })
    expect(() => nodeModules([host, other])).toThrow(/other is in another lab/)
  })

  it('time passes while a program sends without end to one that reads without end, and its timers have their turn', async () => {
    const { client, server } = await wire()
    const front = server.net.createServer((accepted) => accepted.resume())
    front.listen(7)
    const socket = client.net.connect(7, '10.0.0.2')
    const chunk = Buffer.alloc(65_536)
    let isOver = false
    const more = () => {
      while (!isOver && socket.write(chunk));
    }
    socket.on('drain', more)
    socket.once('connect', more)
    await new Promise((resolve) => setTimeout(resolve, 100))
    isOver = true
    expect(socket.bytesWritten).toBeGreaterThan(65_536)
    socket.destroy()
    front.close()
    await promisify(setImmediate)()
  })
})
