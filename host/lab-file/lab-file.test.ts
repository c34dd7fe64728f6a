import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { captureOf } from '../../test/support/lab-capture.js'
import { nextTurn } from '../event-loop.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { buildLab, labProblems } from './build.js'
import { type LabEvent, type LabOutcome, runLab } from './run.js'
import type { LabDefinition } from './schema.js'

const TWO: LabDefinition = {
  hosts: { a: { address: '10.0.0.1/24' }, b: { address: '10.0.0.2/24' } },
  cables: [{ name: 'wire', between: ['a', 'b'] }],
}

async function run(definition: LabDefinition): Promise<{ outcome: LabOutcome; events: LabEvent[]; said: string[] }> {
  const events: LabEvent[] = []
  const outcome = await runLab(buildLab(definition), { onEvent: (event) => events.push(event) })
  return { outcome, events, said: events.map(({ sentence }) => say(EN, sentence)) }
}

/** Of each problem its path and what is said. */
const problemsOf = (value: unknown) =>
  labProblems(value).map(({ path, problem }) => `${path.join('/')}: ${problem.split('; ')[0]}`)

describe('a lab of a definition', () => {
  it('has everything by its name', async () => {
    const built = buildLab({
      ...TWO,
      boards: { desk: { board: 'nano', address: '10.0.0.3/24' } },
      boxes: { sw: { kind: 'switch' } },
      cables: [{ between: ['a', 'sw'] }, { between: ['b', 'sw.1'] }, { between: ['sw', 'desk'], length: 30 }],
    })
    expect(built.board('desk').definition.name).toBe('nano')
    expect(built.host('b').name).toBe('b')
    expect(built.cable('cable-3').length).toBe(30)
    // A port that is named is its own: the first cable, which names none, has another.
    expect(built.cable('cable-1').ends?.[1].name).toBe('sw 2')
    expect(built.cable('cable-2').ends?.[1].name).toBe('sw 1')
    // The board is at end a, as its faults expect.
    expect(built.cable('cable-3').ends?.[0]).toBe(built.board('desk').port)
    expect(() => built.host('bb')).toThrow('nothing in this lab is called "bb"; there are a, b; did you mean "b"?')
  })

  it('gives the same frames for the same seed, and others for another', async () => {
    const definition: LabDefinition = {
      seed: 5,
      boards: { desk: { board: 'uno', address: '10.0.0.3/24' } },
      hosts: {
        a: { address: 'dhcp' },
        b: { address: '10.0.0.2/24', dhcpServer: { pool: ['10.0.0.50', '10.0.0.60'] } },
      },
      boxes: { sw: { kind: 'switch' } },
      cables: ['desk', 'a', 'b'].map((name): { between: [string, string] } => ({ between: [name, 'sw'] })),
      captures: [{ file: 'all.pcapng' }],
      steps: [{ expect: { up: 'all' } }, { ping: { from: 'a', to: 'desk' } }],
    }
    const [first, again, other] = [
      await captureOf(definition),
      await captureOf(structuredClone(definition)),
      await captureOf({ ...definition, seed: 6 }),
    ]
    expect(first.outcome.exitStatus).toBe(0)
    expect(again.octets.equals(first.octets)).toBe(true)
    expect(other.octets.equals(first.octets)).toBe(false)
  })

  it('speaks IPv6 with prefixes of its router, and names by its DNS server', async () => {
    const { outcome, said } = await run({
      hosts: {
        laptop: { address: '10.0.0.1/24', gateway: '10.0.0.254', ipv6: {}, nameServers: ['10.0.0.254'] },
        router: {
          address: '10.0.0.254/24',
          forwarding: true,
          ipv6: { addresses: ['2001:db8:1::1/64'], advertise: { prefixes: ['2001:db8:1::/64'] } },
          dnsZone: 'lab.test',
          cards: [{ address: '10.0.1.254/24', ipv6: { addresses: ['2001:db8:2::1/64'] } }],
        },
      },
      boards: {
        far: { board: 'uno', address: '10.0.1.7/24', gateway: '10.0.1.254' },
      },
      cables: [{ between: ['laptop', 'router'] }, { between: ['router.eth1', 'far'] }],
      steps: [
        { expect: { up: 'all' } },
        { at: '6s', ping: { from: 'laptop', to: '2001:db8:2::1' } },
        { ping: { from: 'laptop', to: 'far.lab.test' } },
        { get: { from: 'laptop', url: 'http://[2001:db8:1::1]/', status: 200 } },
      ],
    })
    // The router has no web server: the connection is refused, and the step fails.
    expect(outcome).toMatchObject({ end: 'step failed', exitStatus: 1, stepsDone: 3 })
    expect(said.at(-2)).toMatch(/^GET http:\/\/\[2001:db8:1::1\]\/ from laptop: .*refused/i)
  })

  it.each<[string, LabDefinition['boxes'], RegExp]>([
    ['holds back', { box: { kind: 'impaired', delay: '100ms' } }, /3 of 3 answered, the fastest in 20\d\.\d+ ms/],
    ['loses', { box: { kind: 'impaired', loss: '100%' } }, /0 of 3 answered/],
    ['loses what is long', { box: { kind: 'impaired', longest: 90 } }, /0 of 3 answered/],
  ])('has a box on the way that %s frames', async (_, boxes, answered) => {
    const { said } = await run({
      ...TWO,
      boxes: boxes ?? {},
      cables: [{ between: ['a', 'box'] }, { between: ['box', 'b'] }],
      steps: [{ wait: '1s' }, { ping: { from: 'a', to: 'b', answered: 'any' } }],
    })
    expect(said.at(-2)).toMatch(answered)
  })

  it('pulls cables out and plugs them in where they were', async () => {
    const { said, outcome } = await run({
      ...TWO,
      cables: [{ name: 'wire', between: ['a', 'b'], plugged: false }],
      steps: [
        { expect: { down: ['a', 'b'] } },
        { at: '2s', plug: 'wire' },
        { expect: { up: 'all' } },
        { unplug: 'wire' },
        { expect: { down: ['a'], within: '1s' } },
        { plug: 'wire' },
        { ping: { from: 'b', to: 'a', answered: 'some' } },
      ],
    })
    expect(outcome.exitStatus).toBe(0)
    expect(said.filter((line) => line.startsWith('b: link'))).toEqual(['b: link up', 'b: link down', 'b: link up'])
  })

  it('presses reset, and switches boards off and on', async () => {
    const { outcome, said } = await run({
      boards: { desk: { board: 'uno', address: '10.0.0.2/24', powered: false } },
      hosts: { a: { address: '10.0.0.1/24' } },
      cables: [{ between: ['desk', 'a'] }],
      steps: [
        { wait: '1s' },
        { powerOn: 'desk' },
        { expect: { up: ['desk'] } },
        { reset: 'desk' },
        { expect: { down: ['desk'] } },
        { expect: { up: ['desk'] } },
        { powerOff: 'desk' },
        { ping: { from: 'a', to: 'desk', count: 1, answered: 'none' } },
      ],
    })
    expect(said.at(-1)).toBe('ended: 8 steps, all as expected')
    expect(outcome.exitStatus).toBe(0)
  })
})

describe('faults of a lab', () => {
  const desk = (faults: string[], cable: string[] = [], host: string[] = []): LabDefinition => ({
    boards: { desk: { board: 'uno', address: '10.0.0.2/24', faults } },
    hosts: { a: { address: '10.0.0.1/24', faults: host } },
    cables: [{ name: 'wire', between: ['a', 'desk'], faults: cable }],
    steps: [{ wait: '2s' }, { ping: { from: 'a', to: 'desk', answered: 'none' } }],
  })

  it.each<[string, LabDefinition]>([
    ['of a board', desk(['crystal-missing'])],
    ['of a cable', desk([], ['cable-unplugged'])],
    ['of a cable, in how it is made', desk([], ['cable-wire-open'])],
    ['of a host', desk([], [], ['partner-off'])],
    ['of a cable, with a box of its own', desk([], ['box-drops-large:60'])],
  ])('%s are on it', async (_, definition) => {
    const names = Object.keys(definition.hosts ?? {})
    expect(names).toEqual(['a'])
    const { outcome } = await run(definition)
    expect(outcome).toMatchObject({ end: 'steps done', exitStatus: 0 })
    // Without them the ping is answered, and so the step fails.
    expect((await run(desk([]))).outcome.exitStatus).toBe(1)
  })

  it('come later, where they are not built in', async () => {
    const { outcome } = await run({
      ...desk([]),
      steps: [
        { wait: '1s' },
        { ping: { from: 'a', to: 'desk' } },
        { break: { what: 'wire', fault: 'cable-unplugged' } },
        { ping: { from: 'a', to: 'desk', answered: 'none' } },
      ],
    })
    expect(outcome.exitStatus).toBe(0)
    expect(problemsOf({ ...desk([]), steps: [{ break: { what: 'desk', fault: 'crystal-missing' } }] })).toEqual([
      'steps/0/break/fault: crystal-missing is built in, and cannot come later',
    ])
  })

  it('are refused where they cannot sit', () => {
    expect(problemsOf(desk(['cable-noise'], ['miso-open'], ['cable-noise']))).toEqual([
      'boards/desk/faults/0: cable-noise does not belong here: it is of a cable: write it under `faults` of the cable',
      'hosts/a/faults/0: cable-noise does not belong here: it is of a cable: write it under `faults` of the cable',
      'cables/0/faults/0: miso-open does not belong here: it is of a board: write it under `faults` of the board',
    ])
    expect(problemsOf({ ...TWO, cables: [{ between: ['a', 'b'], faults: ['box-drops'] }] })).toEqual([
      'cables/0/faults/0: the fault box-drops needs a cable from a board straight to a host',
    ])
  })
})

describe('a lab ends', () => {
  it.each<[string, LabDefinition, Partial<LabOutcome>]>([
    ['when its time is over', { ...TWO, duration: '2s' }, { end: 'duration over', exitStatus: 0, at: 2 * SECOND }],
    ['when its condition holds', { ...TWO, until: { up: 'all' } }, { end: 'until holds', exitStatus: 0 }],
    [
      'when its condition does not hold in time',
      { ...TWO, until: { up: ['a'] }, duration: '20ms' },
      { end: 'out of time', exitStatus: 4, at: 20_000_000 },
    ],
    ['when its steps are done', { ...TWO, steps: [{ wait: '3s' }] }, { end: 'steps done', at: 3 * SECOND }],
    [
      'after its time, though its steps are done',
      { ...TWO, steps: [{ wait: '1s' }], duration: '5s' },
      { end: 'duration over', exitStatus: 0, at: 5 * SECOND, stepsDone: 1 },
    ],
    [
      'when its time is over and steps are left',
      { ...TWO, steps: [{ wait: '1s' }, { wait: '9s' }], duration: '5s' },
      { end: 'out of time', exitStatus: 4, at: 5 * SECOND, stepsDone: 1 },
    ],
    [
      'when a step is not as expected',
      { ...TWO, duration: '60s', steps: [{ expect: { up: 'all', within: '10ms' } }, { wait: '9s' }] },
      { end: 'step failed', exitStatus: 1, at: 10_000_000, stepsDone: 0 },
    ],
  ])('%s', async (_, definition, expected) => {
    const { outcome, events } = await run(definition)
    expect(outcome).toMatchObject(expected)
    expect(events.at(-1)).toMatchObject({ event: 'end', at: outcome.at, ok: outcome.exitStatus === 0 })
  })

  it('when it is told to, and refuses to run for ever without', async () => {
    const controller = new AbortController()
    const built = buildLab(TWO)
    const outcome = await runLab(built, {
      signal: controller.signal,
      onEvent: ({ event }) => event === 'up' && controller.abort(),
    })
    expect(outcome).toMatchObject({ end: 'interrupted', exitStatus: 0 })
    expect(() => runLab(buildLab(TWO))).toThrow('this lab has no end; give it a duration, until or steps')
  })
})

describe('a lab that is told to end', () => {
  it('does no more of the step under way', async () => {
    const controller = new AbortController()
    const built = buildLab({ ...TWO, steps: [{ ping: { from: 'a', to: 'b', count: 500 } }] })
    const ending = runLab(built, { signal: controller.signal })
    const { ipv4 } = built.host('a').stack
    await built.lab.time.until(() => ipv4.counters.sent > 1)
    controller.abort()
    const { sent } = ipv4.counters
    const { end, stepsDone } = await ending
    expect([end, stepsDone]).toEqual(['interrupted', 0])
    expect(ipv4.counters.sent - sent).toBeLessThan(3)
  })

  it('says so although it had just done its steps', async () => {
    const controller = new AbortController()
    const told: LabEvent[] = []
    const ending = runLab(buildLab({ ...TWO, steps: [{ wait: '1ms' }] }), {
      signal: controller.signal,
      // As a signal does that came while the last events happened.
      onEvent: (event) => {
        told.push(event)
        if (event.event === 'step') nextTurn(() => controller.abort())
      },
    })
    expect(await ending).toMatchObject({ end: 'interrupted' })
    expect(told.at(-1)).toMatchObject({ event: 'end', ok: undefined })
  })
})

describe('what is wrong with a definition', () => {
  it('is said at once, where it stands', () => {
    expect(
      problemsOf({
        boards: { desk: { board: 'unoo' }, a: { board: 'uno', services: ['http', 'htpp'] } },
        hosts: { a: { address: '10.0.0.300/24' }, '1': { address: '10.0.0.1/24' } },
        boxes: { sw: { kind: 'switch', ports: 2 } },
        cables: [{ between: ['a', 'sw.3'] }, { between: ['b', 'sw'] }, { betwen: ['b', 'a'] }],
        steps: [{}, { wait: '1s', plug: 'x' }],
      }),
    ).toEqual([
      'boards/a/services/1: expected one of echo, discard, daytime, chargen, telnet, http',
      'hosts/1: expected as its name letters, digits and hyphens, a letter first',
      'cables/2/betwen: unknown key',
      'cables/2/between: missing',
      'hosts/a: a board of this lab is called "a" too',
      'boards/desk/board: there is no board "unoo"',
      'cables/0/between/1: sw has no port "3"',
      'cables/1/between/0: nothing in this lab is called "b"',
      'steps/0: a step does one thing, and this does nothing',
      'steps/1: a step does one thing, and this does wait, plug',
      'steps/1/plug: "x" is none that can stand here',
      'hosts/a/address: "10.0.0.300/24" is not an IPv4 address with its prefix length: write it like 192.168.7.2/24',
    ])
  })

  it.each<[string, unknown, string[]]>([
    ['no lab at all', [], ['found []']],
    ['nobody in it', {}, [': nobody is in this lab']],
    [
      'two plugs in one jack, and more than there are ports',
      {
        ...TWO,
        boxes: { sw: { kind: 'hub', ports: 2 } },
        cables: [{ between: ['a', 'b'] }, { between: ['a', 'sw'] }, { between: ['sw', 'sw'] }],
      },
      [
        'cables/1/between/0: in a there is a plug already, of cables[0]',
        'cables/2/between/1: all 2 ports of sw have plugs in them',
      ],
    ],
    [
      'one address twice on a network',
      { ...TWO, hosts: { a: { address: '10.0.0.1/24' }, b: { address: '10.0.0.1/24' } } },
      [
        'hosts/b/address: a and b are on one network, and both have the address 10.0.0.1: give each its own, or say at a cable of it that it is meant (sameAddresses: true)',
      ],
    ],
    [
      'steps that go back in time, or past the end',
      {
        ...TWO,
        duration: '5s',
        steps: [
          { at: '3s', wait: '1ms' },
          { at: '2s', wait: '1ms' },
          { at: '5s', wait: '1ms' },
        ],
      },
      ['steps/1/at: 2s is before a step above it', 'steps/2/at: 5s is not before the lab ends, at 5s'],
    ],
    [
      'captures of nothing, and two in one file',
      { ...TWO, duration: '1s', captures: [{ file: 'x.pcapng', at: ['a', 'c'] }, { file: 'x.pcapng' }] },
      [
        'captures/0/at/1: nothing in this lab is called "c"',
        'captures/1/file: the capture at captures[0] goes to "x.pcapng" too',
      ],
    ],
    [
      'a capture that would leave its folder',
      { ...TWO, captures: [{ file: '../x.pcapng' }, { file: '/etc/x.pcapng' }, { file: '.x.pcapng' }] },
      [0, 1, 2].map((i) => `captures/${i}/file: expected the name of a file that ends in .pcapng, without a folder`),
    ],
  ])('%s', (_, value, expected) => {
    const found = problemsOf(value)
    if (Array.isArray(value)) expect(labProblems(value)[0].problem).toContain(expected[0])
    else expect(found).toEqual(expected)
  })

  it('is an error of wrong usage, with all of it in its words', () => {
    expect(() => buildLab({ ...TWO, cables: [{ between: ['a', 'c'] }] }, { source: 'mine' })).toThrow(
      'mine is not a lab that can be built:\n  cables[0].between[1]: nothing in this lab is called "c"; there are a, b',
    )
  })
})
