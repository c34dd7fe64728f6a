/** `linkpulse demo`: each application of the article, on two hosts and on a board, and what tshark reads in its capture. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeByTshark, ORDINARY, unexplained } from '../net/tshark.js'
import { runCli } from './command.js'
import { runHere } from './here.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What tshark shows of the packets that a filter takes, a line each. */
function shownBy(capture: string, filter: string): string[] {
  const text = execFileSync('tshark', ['-r', capture, '-Y', filter], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return text.split('\n').filter((line) => line !== '')
}

/** Of each demo: what it says, and what tshark finds in its capture. */
const DEMOS: readonly (readonly [name: string, says: readonly RegExp[], filter: string, finds: RegExp])[] = [
  [
    'http',
    [/7 {2}client: GET \/ HTTP\/1\.1, Cookie: visits=1/, /7 {2}server: .*visits=2/, /6 {2}presentation: gzip/],
    'http',
    /200 OK/,
  ],
  [
    'https',
    [/TLSv1\.3 with TLS_/, /5 {2}session: a full handshake/, /5 {2}session: the session of before is resumed/],
    'tls && http',
    /200 OK/,
  ],
  ['ftp', [/227 entering passive mode/, /PORT 192,168,7,1,/, /226 that was all/], 'ftp', /221 bye/],
  ['telnet', [/IAC WILL ECHO/, /IAC DO ECHO/, /server: "logout\\r\\n"/], 'telnet', /Telnet Data/],
  ['ssh', [/keys by /, /authentication by password: accepted/, /套接字/], 'ssh', /Protocol \(SSH-2\.0/],
  ['smtp', [/STARTTLS/, /250 taken, 8 lines/], 'tls && smtp', /DATA|250|354/],
  ['pop3', [/\+OK 1 letter/, /“套接字”/, /\+OK 0 left/], 'pop', /S: \+OK/],
  ['dns', [/server\.lab\.test: A 192\.168\.7\.2/], 'dns', /A server\.lab\.test A 192\.168\.7\.2/],
]

/** What tshark remarks, and why. */
const EXPLAINED: Readonly<Record<string, readonly RegExp[]>> = {
  // Node's client gives its socket up when it has the answer; what the server's TLS says at its end then meets a closed port, as on any host.
  https: [/^Connection reset \(RST\)$/],
  // The dissector's own reckoning, where the encrypted packets begin.
  ssh: [/^Decoded # bytes, but packet legnth is # bytes$/],
}

describe('linkpulse demo', () => {
  it('lists them', async () => {
    const { status, stdout } = await runHere('demo')
    expect(status).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ +/)[0]),
    ).toEqual(DEMOS.map(([name]) => name))
  })

  it.each(DEMOS)('%s does what it says, and tshark reads it in the capture', async (name, says, filter, finds) => {
    const capture = join(folder, `${name}.pcapng`)
    const { status, stdout, stderr } = await runHere('demo', name, '--capture', capture)
    expect([status, stderr]).toEqual([0, ''])
    for (const words of says) expect(stdout).toMatch(words)
    if (name !== 'dns') expect(stdout).toMatch(/SYN-SENT.*ESTABLISHED|ESTABLISHED.*SYN-SENT/)
    expect(stdout).toMatch(/^1 {2}physical +10BASE-T: \d+ bits/m)
    expect(shownBy(capture, filter).join('\n')).toMatch(finds)
    expect(unexplained(judgeByTshark(capture), [...ORDINARY, ...(EXPLAINED[name] ?? [])])).toEqual({})
  })

  it.each(['http', 'ftp', 'telnet', 'dns'])(
    '%s in clear gives the same capture for a seed, and another for another',
    async (name) => {
      const captures: Buffer[] = []
      for (const seed of ['5', '5', '6']) {
        const capture = join(folder, `${name}-seed.pcapng`)
        await runHere('demo', name, '-q', '--seed', seed, '--capture', capture)
        captures.push(readFileSync(capture))
      }
      expect(captures[1].equals(captures[0])).toBe(true)
      expect(captures[2].equals(captures[0])).toBe(false)
    },
  )

  it.each(['http', 'telnet', 'smtp'])('%s with its server on an Uno', async (name) => {
    const { status, stdout } = await runHere(
      'demo',
      name,
      '-q',
      '--board',
      'uno',
      '--capture',
      join(folder, 'uno.pcapng'),
    )
    expect(status).toBe(0)
    expect(stdout).toContain('192.168.7.2 (uno)')
  })

  it('says it in Chinese', async () => {
    const words = ['demo', 'https', '-q', '--lang', 'zh', '--capture', join(folder, 'zh.pcapng')]
    const { stdout } = await runCli(...words)
    expect(stdout).toMatch(/6 {2}表示层：.*TLSv1\.3/)
    expect(stdout).toMatch(/^1 {2}物理层 +10BASE-T：/m)
  })

  it('adds the keys of TLS to the file of SSLKEYLOGFILE', async () => {
    const keys = join(folder, 'keys.log')
    const before = process.env.SSLKEYLOGFILE
    process.env.SSLKEYLOGFILE = keys
    try {
      await runHere('demo', 'https', '-q', '--capture', join(folder, 'keys.pcapng'))
    } finally {
      if (before === undefined) delete process.env.SSLKEYLOGFILE
      else process.env.SSLKEYLOGFILE = before
    }
    expect(readFileSync(keys, 'latin1')).toMatch(/^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+$/m)
  })

  it.each([
    [['demo', 'htp'], /there is no demo "htp".*http/],
    [['demo', 'http', '--board', 'unno'], /unno/],
    [['demo', 'dns', '--board', 'uno'], /no DNS server/],
    [['demo', 'http', '--capture', '/no/such/place.pcapng'], /cannot write the --capture file/],
  ])('%j is refused, with what to do', async (words, reason) => {
    const { status, stderr } = await runHere(...words)
    expect(status).toBe(2)
    expect(stderr).toMatch(reason)
  })
})
