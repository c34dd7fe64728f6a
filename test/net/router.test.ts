/** Our stack as a router between two kernels: `linkpulse net up stack: --forward` with a TAP device in each one's namespace. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Namespace, noNamespaces } from './namespace.js'

const reason = noNamespaces()
const title = `two kernels with our router between them${reason === undefined ? '' : ` (skipped: ${reason})`}`
const WEST = '10.20.0.2'
const EAST = '10.21.0.2'
const ROUTER = '10.20.0.1'

describe.skipIf(reason !== undefined)(title, () => {
  let middle: Namespace
  let west: Namespace
  let east: Namespace

  beforeAll(async () => {
    middle = new Namespace()
    west = new Namespace()
    east = new Namespace()
    const wires = [
      { tap: 'lpw', address: ROUTER, namespace: west, host: WEST },
      { tap: 'lpe', address: '10.21.0.1', namespace: east, host: EAST },
    ]
    const words = wires.flatMap(({ tap, address }) => ['--tap', tap, '--address', `${address}/24`])
    await middle.up('stack:', ...words, '--kernel-address', 'none', '--kernel-address', 'none', '--forward')
    for (const { tap, address, namespace, host } of wires) {
      const { status, stderr } = spawnSync('ip', ['-n', middle.name, 'link', 'set', tap, 'netns', namespace.name])
      if (status !== 0) throw new Error(`moving ${tap}: ${stderr}`)
      namespace.must('ip', 'addr', 'add', `${host}/24`, 'dev', tap)
      namespace.must('ip', 'link', 'set', tap, 'up')
      namespace.must('ip', 'route', 'add', 'default', 'via', address)
    }
  })
  afterAll(async () => {
    for (const each of [west, east, middle]) await each?.close()
  })

  it('carries echoes of every kind of size, in fragments too', async () => {
    for (const size of ['16', '0', '1', '1472', '1473', '9000', '65507']) {
      const { stdout } = await west.ping(3, '-p', 'a55a', '-s', size, EAST)
      expect(stdout, size).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
      expect(stdout).not.toMatch(/wrong data|DUP|truncated/)
      if (size === '1472') expect(stdout).toContain('ttl=63')
    }
  })

  it.each([
    ['UDP', []],
    ['ICMP', ['-I']],
  ])('is found by traceroute with %s', async (_, how) => {
    const { stdout } = await west.run('traceroute', '-n', '-q', '1', '-w', '2', ...how, EAST)
    expect(
      stdout
        .split('\n')
        .slice(1, 3)
        .map((line) => line.trim().split(/\s+/).slice(0, 2)),
    ).toEqual([
      ['1', ROUTER],
      ['2', EAST],
    ])
  })

  it('writes itself into a record route, on the way and as its end', async () => {
    const routeOf = (stdout: string) => (stdout.split('RR:')[1] ?? '').split('\n\n')[0].trim().split(/\s+/)
    const through = await west.run('ping', '-c', '1', '-R', EAST)
    expect(routeOf(through.stdout)).toEqual([WEST, '10.21.0.1', EAST, EAST, ROUTER, WEST])
    const end = await west.run('ping', '-c', '1', '-R', ROUTER)
    expect(routeOf(end.stdout)).toEqual([WEST, ROUTER, WEST])
  })

  it.each([
    ['a destination without a route', '99.1.1.1', /From 10.20.0.1 .*Destination Net Unreachable/],
    ['a host that does not answer', '10.21.0.77', /From 10.20.0.1 .*Destination Host Unreachable/],
  ])('says so about %s', async (_, to, message) => {
    const { stdout } = await west.run('ping', '-c', '1', '-W', '6', to)
    expect(stdout).toMatch(message)
  })

  it('carries a file of 20 MB between the kernels, whole', async () => {
    const octets = Buffer.alloc(20_000_000, 'linkpulse carries what it is given. ')
    writeFileSync(join(east.folder, 'file'), octets)
    east.start(['/usr/bin/python3', '-m', 'http.server', '8000'])
    await east.listening(8000)
    const { status } = await west.run('curl', '-s', '-o', 'file', `http://${EAST}:8000/file`)
    expect(status).toBe(0)
    const sum = (data: Buffer) => createHash('sha256').update(data).digest('hex')
    expect(sum(readFileSync(join(west.folder, 'file')))).toBe(sum(octets))
  })

  it('holds nothing when all is over', async () => {
    expect((await middle.stat()).memory.used).toBe(0)
  })
})
