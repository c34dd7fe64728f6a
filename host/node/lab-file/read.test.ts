/** Lab files: where what is wrong stands, and what a stranger may send. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { LabFileError } from '../../lab-file/error.js'
import { runLab } from '../../lab-file/run.js'
import { labFromText } from './read.js'

const LABS = join(import.meta.dirname, '../../../docs/labs')
const EXAMPLES = readdirSync(LABS).filter((name) => name.endsWith('.yaml'))

/** What is said of a text, a line each, without what comes after the first clause. */
async function saidOf(text: string): Promise<string[]> {
  const error = await labFromText(text, 'lab.yaml').then(
    () => undefined,
    (refused: unknown) => refused,
  )
  if (error === undefined) return []
  if (!(error instanceof LabFileError)) throw error
  const [head, ...lines] = error.message.split('\n')
  expect(head).toBe('lab.yaml is not a lab that can be built:')
  return lines.map((line) => line.trim().split('; ')[0])
}

describe('a lab file', () => {
  it.each(EXAMPLES)('%s is right', async (name) => {
    expect(await saidOf(readFileSync(join(LABS, name), 'utf8'))).toEqual([])
  })

  it('says what is wrong by line and column, in the order of the file, all of it', async () => {
    const text = `title: wrong
boards:
  desk: { board: unoo }
  second:
    board: uno
    adress: 192.168.7.2/24
hosts: &all
  laptop: { address: 192.168.7.1/24 }
cables:
  - between: [desk, laptp]
  - name: x
    between:
      - second
      - laptop
    faults: [cable-noise:9V]
duration: 30
`
    expect(await saidOf(text)).toEqual([
      'lab.yaml:3:11: boards.desk.board: there is no board "unoo"',
      'lab.yaml:6:5: boards.second.adress: unknown key',
      'lab.yaml:10:21: cables[0].between[1]: nothing in this lab is called "laptp"',
      'lab.yaml:15:14: cables[1].faults[0]: cable-noise: noise is 100 mV to 800 mV',
      'lab.yaml:16:1: duration: expected a duration with its unit, as 200ms, 30s or 5min',
    ])
  })

  it('ends when it is told to, with a board in it whose firmware has not answered yet', async () => {
    const controller = new AbortController()
    const built = await labFromText('boards: { desk: { board: avr:uno } }', 'lab.yaml')
    const ending = runLab(built, { signal: controller.signal })
    controller.abort()
    expect(await ending).toMatchObject({ end: 'interrupted' })
  })

  it('says mistakes of form and of names together: what is ill-formed hides nothing beside it', async () => {
    const text = `boards:
  desk: { bord: uno }
  mill: { board: uno, address: 10.1.0.300/24 }
  saw: { board: avr:uno, address: 10.1.0.5/24 }
hosts:
  laptop: { adress: 10.1.0.1/24 }
  tower: { address: 10.1.0.5/24 }
boxes: { sw: { kind: switch, ports: 9 } }
cables:
  - { name: patch, between: [desk, sw], length: long }
  - { name: patch, between: [mill, sw] }
  - { between: [saw] }
  - { between: [saw, sw] }
  - { between: [tower, sw], name: last }
  - { between: [laptp, sw] }
captures:
  - { file: all.pcap }
  - { file: all.pcapng, at: [nowhere] }
steps:
  - { ping: { from: laptop } }
  - { unplug: pach }
`
    expect(await saidOf(text)).toEqual([
      'lab.yaml:2:3: boards.desk.board: missing',
      'lab.yaml:2:11: boards.desk.bord: unknown key',
      'lab.yaml:3:23: boards.mill.address: "10.1.0.300/24" is not an IPv4 address with its prefix length: write it like 192.168.7.2/24',
      'lab.yaml:6:3: hosts.laptop.address: missing',
      'lab.yaml:6:13: hosts.laptop.adress: unknown key',
      'lab.yaml:7:12: hosts.tower.address: saw and tower are on one network, and both have the address 10.1.0.5: give each its own, or say at a cable of it that it is meant (sameAddresses: true)',
      'lab.yaml:10:41: cables[0].length: expected metres, 0 to 10000',
      'lab.yaml:11:7: cables[1].name: the cable at cables[0] is called "patch" too',
      'lab.yaml:12:7: cables[2].between: expected two jacks of this lab, as [desk, sw.3] or [desk, router.eth1]',
      'lab.yaml:15:17: cables[5].between[0]: nothing in this lab is called "laptp"',
      'lab.yaml:17:7: captures[0].file: expected the name of a file that ends in .pcapng, without a folder',
      'lab.yaml:18:30: captures[1].at[0]: nothing in this lab is called "nowhere"',
      'lab.yaml:20:7: steps[0].ping.to: missing',
      'lab.yaml:21:7: steps[1].unplug: "pach" is none that can stand here',
    ])
    const twice = await labFromText(text, 'lab.yaml').catch((error: Error) => error.message)
    expect(twice).toContain('there are patch, cable-3, cable-4, last, cable-6; did you mean "patch"?')
  })

  it('says where it is no YAML', async () => {
    expect(await saidOf('a: [1\nb: 2\n')).toEqual([expect.stringMatching(/^lab\.yaml:2:1: not YAML: /)])
    expect(await saidOf('a: 1\na: 2\n')).toEqual([expect.stringMatching(/^lab\.yaml:2:1: not YAML: .*unique/)])
    expect(await saidOf('a: *nobody\n')).toEqual([expect.stringMatching(/^lab\.yaml:1:\d: not YAML: .*nobody/)])
    expect(await saidOf('')).toEqual(['lab.yaml:1:1: nothing is written here'])
    expect(await saidOf('? [a, b]\n: 1\n')).toHaveLength(1)
  })

  it('may use anchors, and is JSON as well', async () => {
    const text = `
hosts:
  a: &host { address: 10.0.0.1/24, services: [echo] }
  b: *host
cables: [{ between: [a, b], sameAddresses: true }]
duration: 1s
`
    expect(await saidOf(text)).toEqual([])
    expect(await saidOf(text.replace('services: [echo]', 'services: [ehco]'))).toEqual([
      'lab.yaml:3:47: hosts.a.services[0]: expected one of echo, discard, daytime, chargen, telnet, http',
      'lab.yaml:3:47: hosts.b.services[0]: expected one of echo, discard, daytime, chargen, telnet, http',
    ])
    const built = await labFromText('{"hosts": {"a": {"address": "10.0.0.1/24"}}, "duration": "1s"}', 'lab.json')
    expect(built.host('a').name).toBe('a')
  })
})

describe('what a stranger sends', () => {
  const levels = 20_000
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
  ].join('\n')

  it.each<[string, string]>([
    ['brackets in brackets', '['.repeat(levels)],
    ['braces in braces', '{a: '.repeat(levels)],
    ['lists in lists in a line', '- '.repeat(levels)],
    ['keys of keys', '? '.repeat(levels)],
    ['lists in lists, line by line', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}-`).join('\n')],
    ['aliases of aliases (billion laughs)', laughs],
    ['an anchor that holds itself', 'a: &a [*a]\nhosts: *a'],
    ['a key of the prototype', '__proto__: { hosts: 1 }\nconstructor: 2\n'],
    ['tags of others', 'hosts: !!js/function "x"\nboards: !<tag:yaml.org,2002:binary> AAAA\n'],
    ['control characters', '\u0000\u0007hosts: \u001b[2J'],
  ])('is refused with a sentence: %s', async (_, text) => {
    expect((await saidOf(text)).length).toBeGreaterThan(0)
  })

  it('never ends otherwise, whatever is changed in a file', async () => {
    const random = new SeededRandom(16)
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '- ',
      ': ',
      '\n',
      '  ',
      '!',
      '|',
      '>',
      '"',
      "'",
      '#',
      '%',
      '\t',
      '\u0000',
      '?',
    ]
    let refused = 0
    for (const name of EXAMPLES) {
      const whole = readFileSync(join(LABS, name), 'utf8')
      for (let i = 0; i < 60; i++) {
        let text = whole
        for (let changes = 1 + random.below(4); changes > 0; changes--) {
          const at = random.below(text.length)
          const put = pieces[random.below(pieces.length)]
          text = text.slice(0, at) + put + text.slice(at + random.below(12))
        }
        // Throws whatever is no LabFileError.
        if ((await saidOf(text)).length > 0) refused++
      }
    }
    expect(refused).toBeGreaterThan(60)
  })
})
