import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../boards/simulation/random.js'
import { Scheduler } from '../boards/simulation/scheduler.js'
import { SECOND } from '../firmware/hal/clock.js'
import { Stack } from '../firmware/stack.js'
import { TimeLimitError } from './errors/errors.js'
import { createLab, type HostLab, type LabPeer } from './index.js'
import { LabTime } from './lab-time.js'
import { LabSocket } from './socket.js'

/** Two hosts on a cable, the link up. */
async function twoHosts(seed = 1): Promise<{ lab: HostLab; a: LabPeer; b: LabPeer }> {
  const lab = createLab({ seed })
  const a = lab.addHost({ name: 'a', address: '10.0.0.1/24' })
  const b = lab.addHost({ name: 'b', address: '10.0.0.2/24' })
  lab.connect(a.port, b.port)
  await lab.run({ until: () => a.network.linkUp && b.network.linkUp })
  return { lab, a, b }
}

const text = (octets: Uint8Array) => new TextDecoder().decode(octets)
const message = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message)

describe('virtual time under sockets that wait', () => {
  it('passes while a call is awaited, and only then', async () => {
    const { lab, a, b } = await twoHosts()
    const server = b.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 7 })
    const before = lab.now
    const receiving = server.receiveFrom()
    await a.socket('ipv4', 'datagram').sendTo('x', { address: '10.0.0.2', port: 7 })
    await receiving
    const after = lab.now
    expect(after).toBeGreaterThan(before)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(lab.now).toBe(after)
  })

  it('stands still while several tasks run, whatever the order of their calls', async () => {
    const { lab, a, b } = await twoHosts()
    const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    const log: string[] = []
    const serve = async () => {
      for await (const client of server.connections()) {
        void (async () => {
          for await (const part of client) {
            log.push(`${lab.now} server has ${text(part)}`)
            await client.write(part)
          }
          client.close()
        })()
      }
      log.push('server done')
    }
    const ask = async (name: string) => {
      const socket = await a.socket('ipv4', 'stream').connect({ address: '10.0.0.2', port: 7 })
      for (let i = 0; i < 3; i++) {
        await socket.write(`${name}${i}`)
        await Promise.resolve()
        log.push(`${lab.now} ${name} has ${text(await socket.readExactly(2))}`)
      }
      socket.close()
    }
    const serving = serve()
    await Promise.all(['x', 'y', 'z'].map(ask))
    server.close()
    await serving
    expect(log.filter((line) => line.includes('server has'))).toHaveLength(9)
    for (const name of ['x', 'y', 'z'])
      for (const i of [0, 1, 2]) expect(log.some((line) => line.endsWith(`${name} has ${name}${i}`))).toBe(true)
    expect(log.at(-1)).toBe('server done')
  })

  it('goes the same way each time', async () => {
    const story = async (seed: number) => {
      const { lab, a, b } = await twoHosts(seed)
      const log: string[] = []
      const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
      const client = a.socket('ipv4', 'stream')
      const [accepted] = await Promise.all([server.accept(), client.connect({ address: '10.0.0.2', port: 7 })])
      log.push(`${lab.now} ${accepted.remoteEndpoint().port}`)
      await Promise.all([
        client.write(new Uint8Array(100_000)),
        (async () => {
          for (let had = 0; had < 100_000; ) {
            had += (await accepted.read()).length
            log.push(`${lab.now} ${had}`)
          }
        })(),
      ])
      return log
    }
    const first = await story(5)
    expect(await story(5)).toEqual(first)
    expect(await story(6)).not.toEqual(first)
  })

  it('runs beside the sockets when it is told to, and they go on at their own instants', async () => {
    const { lab, a, b } = await twoHosts()
    const server = b.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 7 })
    let heardAt = 0
    const hearing = server.receiveFrom().then(() => {
      heardAt = lab.now
    })
    const began = lab.now
    await a.socket('ipv4', 'datagram').sendTo('x', { address: '10.0.0.2', port: 7 })
    await Promise.all([lab.run({ for: 10 * SECOND }), hearing])
    expect(lab.now - began).toBe(10 * SECOND)
    expect(heardAt - began).toBeLessThan(SECOND)
  })

  it('passes although a task only ever makes calls that need not wait', async () => {
    const { lab, a } = await twoHosts()
    const socket = a.socket('ipv4', 'datagram').setOption('broadcast', true)
    const end = lab.now + SECOND / 100
    let sent = 0
    while (lab.now < end) {
      await message(socket.sendTo('x', { address: '10.0.0.255', port: 9 }))
      sent++
    }
    expect(sent).toBeGreaterThan(0)
  })
})

describe('calls that cannot complete', () => {
  it('are rejected when nothing came within the limit, and the socket lives on', async () => {
    const { lab, a, b } = await twoHosts()
    const socket = a.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 7 })
    socket.timeLimit = 3 * SECOND
    const began = lab.now
    expect(await message(socket.read())).toMatch(/^read on a 0\.0\.0\.0:7: nothing came within 3 s of simulated time/)
    expect(lab.now - began).toBe(3 * SECOND)
    const reading = socket.read()
    await b.socket('ipv4', 'datagram').sendTo('x', { address: '10.0.0.1', port: 7 })
    expect(text(await reading)).toBe('x')
  })

  it('are rejected at once when nothing is left to happen in the lab', async () => {
    const clock = new Scheduler()
    const time = new LabTime(clock)
    const stack = new Stack({ clock, random: new SeededRandom(1) })
    const socket = new LabSocket(time, stack.socket('ipv4', 'datagram'), 'alone')
    socket.bind({ address: '127.0.0.1', port: 7 })
    expect(await message(socket.read())).toBe(
      'read on alone 127.0.0.1:7: this can never complete, because nothing is left to happen in the lab',
    )
    expect(clock.now).toBe(0)
  })

  it('end with EAGAIN after SO_RCVTIMEO, at that very instant, and the next one waits anew', async () => {
    const { lab, a, b } = await twoHosts()
    const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    server.setOption('receiveTimeout', 3 * SECOND)
    let before = lab.now
    expect(await message(server.accept())).toBe(
      'EAGAIN: accept on b 0.0.0.0:7: not done within 3 s; set a longer receiveTimeout',
    )
    expect(lab.now - before).toBe(3 * SECOND)
    const client = await a.socket('ipv4', 'stream').connect({ address: '10.0.0.2', port: 7 })
    const accepted = await server.accept()
    before = lab.now
    // As the socket that listened has it.
    expect(await message(accepted.read())).toMatch(/^EAGAIN: read on b 10\.0\.0\.2:7: not done within 3 s/)
    expect(lab.now - before).toBe(3 * SECOND)
    await client.write('abc')
    expect(await message(accepted.readExactly(5))).toMatch(/^EAGAIN: read \(with 3 of 5 octets there\) on b/)
    const late = accepted.read()
    await client.write('in time')
    expect(text(await late)).toBe('in time')
    const datagrams = b.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 8 })
    datagrams.setOption('receiveTimeout', SECOND / 1000)
    expect(await message(datagrams.receiveFrom())).toMatch(/^EAGAIN: receiveFrom on b 0\.0\.0\.0:8: .* within 0\.001 s/)
    datagrams.setOption('receiveTimeout', undefined)
    datagrams.timeLimit = SECOND
    expect(await message(datagrams.receiveFrom())).toMatch(/set timeLimit to wait longer/)
  })

  it('end with EAGAIN after SO_SNDTIMEO where nothing finds room, and say how much did', async () => {
    const { lab, a, b } = await twoHosts()
    const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    const client = a.socket('ipv4', 'stream')
    client.setOption('sendTimeout', 5 * SECOND)
    await client.connect({ address: '10.0.0.2', port: 7 })
    const accepted = await server.accept()
    const before = lab.now
    // Nobody reads: the buffers of both ends are full in the end.
    const failure = await message(client.write(new Uint8Array(1_000_000)))
    expect(failure).toMatch(
      /^EAGAIN: write \(with \d+ of 1000000 octets handed over\) on a .* within 5 s; set a longer sendTimeout/,
    )
    expect(lab.now - before).toBeGreaterThanOrEqual(5 * SECOND)
    expect(lab.now - before).toBeLessThan(6 * SECOND)
    const handedOver = Number(/with (\d+) of/.exec(failure)?.[1])
    const rest = await accepted.readExactly(handedOver)
    expect(rest.length).toBe(handedOver)
  })

  it('end with EINPROGRESS when a connection is not there after SO_SNDTIMEO, which goes on to be made', async () => {
    const { lab, a, b } = await twoHosts()
    const client = a.socket('ipv4', 'stream')
    client.setOption('sendTimeout', SECOND / 2)
    const before = lab.now
    expect(await message(client.connect({ address: '10.0.0.9', port: 7 }))).toMatch(
      /^EINPROGRESS: connect 10\.0\.0\.9:7 .* not done within 0\.5 s; set a longer sendTimeout/,
    )
    expect(lab.now - before).toBe(SECOND / 2)
    b.network.addAddress('10.0.0.9/24')
    b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    await lab.run({ until: () => client.poll().writable })
    await client.write('there')
  })

  it('are rejected when the socket is closed meanwhile, each of them', async () => {
    const { a } = await twoHosts()
    const socket = a.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 7 })
    const calls = [message(socket.read()), message(socket.receiveFrom())]
    socket.close()
    for (const each of await Promise.all(calls))
      expect(each).toMatch(/^EBADF: (read|receiveFrom): the socket is closed/)
  })

  it('are rejected when the simulation fails, all of them, and name the failure', async () => {
    const { lab, a } = await twoHosts()
    const sockets = [7, 8].map((port) => a.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port }))
    lab.clock.after(SECOND, () => {
      throw new Error('the model is wrong')
    })
    const calls = sockets.map((socket) => message(socket.read()))
    expect(await Promise.all(calls)).toEqual(['the model is wrong', 'the model is wrong'])
    await expect(lab.run({ until: () => false, for: SECOND })).rejects.toThrow(TimeLimitError)
  })

  it('tell how far a stream came that ended too early', async () => {
    const { a, b } = await twoHosts()
    const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
    const client = a.socket('ipv4', 'stream')
    const [accepted] = await Promise.all([server.accept(), client.connect({ address: '10.0.0.2', port: 7 })])
    await accepted.write('abc')
    accepted.close()
    expect(await message(client.readExactly(5))).toMatch(/the stream ended after 3 of 5 octets/)
  })
})
