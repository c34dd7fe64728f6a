/** `linkpulse workshop --class` from outside: who may listen where, who is let in, who is turned away and counted, and that the others go on. */
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CLASS_PROTOCOL } from '../../host/workshop/class/facts.js'
import type { ClassState } from '../../host/workshop/class/from-wire.js'
import { writeTimed } from '../../host/workshop/class/message.js'
import { ClassClient, joinClass, type RunningClass, startClass } from '../support/class-client.js'
import { runHere } from './here.js'

let lesson: RunningClass
let teacher: ClassClient
let ada: ClassClient
let bo: ClassClient
beforeAll(async () => {
  lesson = await startClass('--box', 'switch', '--places', '8')
  teacher = new ClassClient(lesson, { kind: 'teacher', key: lesson.key })
  ada = await joinClass(lesson, 'Ada')
  bo = await joinClass(lesson, 'Bo')
})
afterAll(async () => {
  expect(await lesson.end()).toBe(0)
  await ada.until(({ view }) => view.kind === 'out')
  expect(ada.view).toMatchObject({ why: { key: 'class.out.over' } })
})

function state(): ClassState {
  const { view } = teacher
  if (view.kind !== 'teacher') throw new Error(JSON.stringify(view))
  return view.state
}

/** The teacher sees one more of these than before. */
async function counted(where: 'refused' | 'unplugged', reason: string, act: () => Promise<unknown>): Promise<void> {
  await teacher.until(({ view }) => view.kind === 'teacher')
  const before = state()[where][reason] ?? 0
  await act()
  await teacher.until(() => (state()[where][reason] ?? 0) > before)
}

/** Whatever happened to somebody else, these two reach each other. */
function stillPing(): Promise<void> {
  return ada.ping(bo.here.address.split('/')[0])
}

/** @returns the status of the answer, 101 where the WebSocket was opened */
function upgrade(headers: Readonly<Record<string, string>>, path = '/class'): Promise<number> {
  return new Promise((resolve, reject) => {
    const [address, port] = lesson.host.split(':')
    const asked = request({
      host: address,
      port,
      path,
      agent: false,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asked.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode ?? 0)
    })
    asked.on('response', ({ statusCode }) => resolve(statusCode ?? 0))
    asked.on('error', reject)
    asked.end()
  })
}

describe('a WebSocket of a class', () => {
  it.each(['null', 'http://evil.example', 'https://127.0.0.1', 'file://'])(
    'is not opened for a page of elsewhere: Origin %s',
    async (origin) => {
      await counted('refused', 'foreign origin', async () => {
        expect(await upgrade({ Origin: origin })).toBe(403)
      })
      await stillPing()
    },
  )

  it('is not opened without an Origin, which every browser sends', async () => {
    await counted('refused', 'foreign origin', async () => {
      expect(await upgrade({})).toBe(403)
    })
  })

  it('is not opened under another name, though page and name agree (DNS rebinding)', async () => {
    await counted('refused', 'foreign host', async () => {
      expect(await upgrade({ Host: 'evil.example', Origin: 'http://evil.example' })).toBe(421)
    })
  })

  it('is to be had at one place, by the page that came from here', async () => {
    const own = `http://${lesson.host}`
    expect(await upgrade({ Origin: own }, '/other')).toBe(404)
    expect(await upgrade({ Origin: own })).toBe(101)
    await stillPing()
  })
})

/** A WebSocket, once it is open, and what it was told last. */
function opened(): Promise<{ readonly socket: WebSocket; readonly closed: Promise<unknown> }> {
  const socket = new WebSocket(`ws://${lesson.host}/class`, { origin: `http://${lesson.host}` })
  let last: unknown
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) last = JSON.parse(data.toString('utf8'))
  })
  const closed = new Promise<unknown>((resolve) => socket.on('close', () => resolve(last)))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => resolve({ socket, closed }))
  })
}

describe('whoever means no good', () => {
  const join = (name: string, code = lesson.code) =>
    JSON.stringify({ kind: 'join', version: CLASS_PROTOCOL, name, code })

  it('has no code, and is told so', async () => {
    await counted('refused', 'wrong code', async () => {
      const { socket, closed } = await opened()
      socket.send(join('Eve', 'AAAAAA'))
      expect(await closed).toEqual({ kind: 'refused', why: 'wrong code' })
    })
    await stillPing()
  })

  it('says what is no message, or one that is too long', async () => {
    for (const data of ['hello', Buffer.alloc(5_000), 'x'.repeat(100_000)]) {
      await counted('refused', 'malformed', async () => {
        const { socket, closed } = await opened()
        socket.send(data)
        await closed
      })
    }
    await stillPing()
  })

  it('floods, and is pulled out', async () => {
    await counted('unplugged', 'flood', async () => {
      const { socket, closed } = await opened()
      // Each instant more often than is allowed at once: who repeats an old one would be too slow for the class, before a busy machine has read it all.
      const anInstant = writeTimed(0).length
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary && data.length === anInstant) for (let time = 0; time < 5_000; time++) socket.send(data)
      })
      socket.send(join('Flood'))
      // What it is told may be lost with the connection, which nobody reads to its end (class-wire.test.ts has the words).
      await closed
    })
    await stillPing()
  })

  it('opens a connection and says nothing, or half a request, or octets of no meaning', async () => {
    const [address, port] = lesson.host.split(':')
    const sockets: Socket[] = []
    const ended = ['', 'GET / HTTP/1.1\r\nHost: ', '\x16\x03\x01\x02\x00\x01\x00', 'GET /class HTTP/9\r\n\r\n'].map(
      (words) =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(port), address, () => socket.write(words, 'latin1'))
          sockets.push(socket)
          socket.on('error', () => undefined) // how it ends is the server's
          socket.on('close', () => resolve())
          socket.resume()
        }),
    )
    await stillPing()
    // The last two are hung up on at once, the others wait for their time.
    await Promise.all(ended.slice(2))
    for (const socket of sockets) socket.destroy()
    await Promise.all(ended)
  })

  it('opens a WebSocket and says nothing: is not waited for', async () => {
    await counted('refused', 'silent', async () => {
      const { closed } = await opened()
      expect(await closed).toEqual({ kind: 'refused', why: 'silent' })
    })
    await stillPing()
  })

  it('has a page of another version, and is told so', async () => {
    await counted('refused', 'version', async () => {
      const { socket, closed } = await opened()
      socket.send(JSON.stringify({ kind: 'join', version: CLASS_PROTOCOL - 1, name: 'Old', code: lesson.code }))
      expect(await closed).toEqual({ kind: 'refused', why: 'version' })
    })
  })

  it('vanishes without a word: the place is free again, and nobody else is harmed', async () => {
    await counted('unplugged', 'left', async () => {
      const { socket } = await opened()
      socket.send(join('Gone'))
      await teacher.until(() => state().seats.some(({ name }) => name === 'Gone'))
      socket.terminate()
    })
    expect(state().seats.map(({ name }) => name)).toEqual(['Ada', 'Bo'])
    await stillPing()
  })
})

describe('where a class is reached', () => {
  const ask = (address: string, port: string, host: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asked = request({ host: address, port, path: '/', headers: { Host: host }, agent: false }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      })
      asked.on('error', reject)
      asked.end()
    })

  it('is loopback unless it is told, and the page may connect to where it came from and nowhere else', async () => {
    const [address, port] = lesson.host.split(':')
    expect(address).toBe('127.0.0.1')
    await expect(ask('127.0.0.2', port, `127.0.0.2:${port}`)).rejects.toThrow(/ECONNREFUSED/)
    for (const host of [lesson.host, `localhost:${port}`]) {
      const { status, body } = await ask(address, port, host)
      expect(status).toBe(200)
      const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(body)!
      expect(policy).toContain(`; connect-src ws://${host};`)
      expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/)
    }
    const { status } = await ask(address, port, `192.168.1.20:${port}`)
    expect(status).toBe(421)
  })

  it('is the address of --listen, under that address', async () => {
    const elsewhere = await startClass('--listen', '127.0.0.2')
    const port = new URL(elsewhere.address).port
    expect(elsewhere.address).toBe(`http://127.0.0.2:${port}/`)
    expect((await ask('127.0.0.2', port, elsewhere.host)).status).toBe(200)
    expect((await ask('127.0.0.2', port, `localhost:${port}`)).status).toBe(421)
    await expect(ask('127.0.0.1', port, `127.0.0.1:${port}`)).rejects.toThrow(/ECONNREFUSED/)
    const cy = await joinClass(elsewhere, 'Cy')
    expect(cy.here.linkUp).toBe(true)
    expect(await elsewhere.end()).toBe(0)
  })

  it('is every address of this machine with 0.0.0.0, each under its own name', async () => {
    const everywhere = await startClass('--listen', '0.0.0.0')
    const port = new URL(everywhere.address).port
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
    for (const { address } of own.filter(({ family }) => family === 'IPv4')) {
      expect((await ask(address, port, `${address}:${port}`)).status).toBe(200)
      expect((await ask(address, port, `evil.example:${port}`)).status).toBe(421)
    }
    expect(await everywhere.end()).toBe(0)
  })

  it.each([
    [['--listen', 'example.org', '--class'], 2, 'an address of this machine'],
    [['--listen', '203.0.113.7', '--class', '--port', '0'], 3, 'this machine has no such address; it has '],
    [['--listen', '127.0.0.1'], 2, 'give --class as well'],
    [['--class', '--box', 'bridge'], 2, 'hub, switch or router'],
    [['--class', '--places', '65'], 2, '64'],
    [['--class', '--out', 'x.html'], 2, 'leave --class out'],
  ])('is not what nobody can mean: %j', async (words, status, why) => {
    const outcome = await runHere('workshop', ...words)
    expect(outcome.status).toBe(status)
    expect(outcome.stderr).toContain(why)
  })
})
