/** `drill --against`: lwIP as the stack under test, and programs that do not keep to the protocol. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EN } from '../../host/text/en.js'
import { say } from '../../host/text/say.js'
import { buildLwipDrill, drillProgram } from '../drill/lwip-drill.js'
import { findingRows, lwipCells, lwipFindings } from '../drill/lwip-findings.js'

const DOCS = readFileSync(new URL('../../docs/drill.md', import.meta.url), 'utf8')
const script = (name: string) => readFileSync(new URL(`../drill/${name}`, import.meta.url), 'utf8')

let folder: string
let program: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-lwip-'))
  program = buildLwipDrill(folder)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('lwIP as the stack under test', () => {
  it('passes scripts that ask for TCP alone', async () => {
    for (const name of ['article.pkt', 'strict-segments.pkt', 'syn-in-established.pkt', 'ports-and-brackets.pkt']) {
      const { verdict, result } = await drillProgram(program, name, script(name))
      expect(verdict, `${name}: ${result?.failure?.message}`).toBe('pass')
    }
  })

  it("passes them over IPv6 as well, which it says it has, with sockets of IPv6 over IPv4, and a textbook's", async () => {
    const names = ['article.pkt', 'strict-segments.pkt', 'syn-in-established.pkt']
    for (const version of ['ipv6', 'ipv4-mapped-ipv6'])
      for (const name of names) {
        const given = [{ name: 'ip_version', value: version }]
        if (version === 'ipv6') given.push({ name: 'mtu', value: '1520' })
        const { verdict, result } = await drillProgram(program, name, script(name), { given })
        expect(verdict, `${name}: ${result?.failure?.message}`).toBe('pass')
      }
    for (const name of ['ipv6-handshake.pkt', 'ipv6-addresses.pkt', 'ipv6-link-local.pkt', 'textbook-client.pkt']) {
      const { verdict, result } = await drillProgram(program, name, script(name))
      expect(verdict, `${name}: ${result?.failure?.message}`).toBe('pass')
    }
  })

  it('tells the same story each time: its time is virtual', async () => {
    const run = () => drillProgram(program, 'article.pkt', script('article.pkt'))
    const once = await run()
    expect(await run()).toEqual(once)
    expect(once.result?.story.map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/goes from SYN-RECEIVED to ESTABLISHED/)]),
    )
  })

  it('hands its frames, and the answers of the wire, to a capture', async () => {
    const directions: string[] = []
    await drillProgram(program, 'article.pkt', script('article.pkt'), { onFrame: (_, way) => directions.push(way) })
    expect(new Set(directions)).toEqual(new Set(['inbound', 'outbound']))
  })

  it('is not asked what it does not say', async () => {
    const { verdict, problems } = await drillProgram(program, 'code.pkt', script('code.pkt'))
    expect(verdict).toBe('not run')
    expect(problems.map(({ line, sentence }) => `${line}: ${say(EN, sentence)}`)).toEqual([
      expect.stringContaining('11: this stack does not say tcpi_snd_cwnd'),
    ])
  })

  it('differs from the segment matrix where docs/drill.md says so, in two of its states', async () => {
    const states = ['LISTEN', 'ESTABLISHED']
    const rows = findingRows(
      await lwipFindings(
        program,
        lwipCells().filter(({ state }) => states.includes(state)),
      ),
    )
    const [, table] = /<!-- lwip -->\n([\s\S]*?)<!-- \/lwip -->/.exec(DOCS) ?? []
    expect(rows).toEqual(table.split('\n').filter((row) => states.some((state) => row.startsWith(`| ${state} |`))))
    expect(rows.length).toBeGreaterThan(4)
  })
})

describe('a program that does not keep to the protocol', () => {
  const told = async (command: string): Promise<string> => {
    const { verdict, problems } = await drillProgram(command, 'a.pkt', '0 < R 1:1(0)')
    expect(verdict).toBe('not run')
    return problems.map(({ sentence }) => say(EN, sentence)).join()
  }

  it.each([
    ['true', /^the program under test ended \(.*\) before it answered "begin 192\.168\.0\.1\/16 192\.168\.0\.2 1500"/],
    ['linkpulse-no-such-program', /^the program under test ended \(exit status 127\)/],
    ["sh -c 'read line; echo error ESOMETHING; read line'", /answered "error ESOMETHING" to "begin/],
    ["sh -c 'read line; echo what; echo ok; read line'", /answered "what" to "begin/],
    ["sh -c 'read line; echo frame 12; echo ok; read line'", /answered "frame 12" to "begin/],
    ["sh -c 'read line; echo state 1 2 3 4 OPEN; echo ok; read line'", /answered "state 1 2 3 4 OPEN" to "begin/],
  ])('is named with what it was asked: %s', async (command, message) => {
    expect(await told(command)).toMatch(message)
  })

  it('is not asked for IPv6 where it does not say that it has it', async () => {
    const loop = 'while read -r call at rest; do case $call in run) echo ok $at;; *) echo ok;; esac; done'
    const { verdict, problems } = await drillProgram(`sh -c '${loop}'`, 'a.pkt', '--ip_version=ipv6\n0 < R 1:1(0)')
    expect(verdict).toBe('not run')
    expect(problems.map(({ sentence }) => say(EN, sentence)).join()).toMatch(/^IPv6 is not supported by that stack/)
  })

  it('may answer with nothing but ok, and is ended with the run, though it would go on', async () => {
    const loop = 'while read -r call at rest; do case $call in run) echo ok $at;; *) echo ok;; esac; done'
    const { verdict } = await drillProgram(`sh -c '${loop}; exec sleep 600'`, 'a.pkt', '0 < R 1:1(0)')
    expect(verdict).toBe('pass')
  })
})
