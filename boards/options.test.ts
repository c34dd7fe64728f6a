import { describe, expect, it } from 'vitest'
import { createBench } from './faults/create-bench.js'
import { createBareLab, type Lab } from './lab.js'
import {
  BOARD_OPTIONS,
  CABLE_OPTIONS,
  CARD_OPTIONS,
  HOST_OPTIONS,
  HUB_OPTIONS,
  LAB_OPTIONS,
  SWITCH_OPTIONS,
} from './lab-options.js'
import { checkOptions, flag, object, type Rules, required, text } from './options.js'

const refusal = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  return 'nothing thrown'
}

describe('options of the wrong type', () => {
  it('are named, with the value and what would do', () => {
    const lab = createBareLab()
    // biome-ignore lint/suspicious/noExplicitAny: what plain JavaScript gives
    const any = (value: unknown) => value as any
    expect(refusal(() => lab.addHost(any({ address: null })))).toBe(
      "TypeError: addHost: the option address is null; give an address with its prefix length, as '192.168.7.2/24', or 'dhcp'",
    )
    expect(refusal(() => lab.addHost(any({})))).toMatch(/^TypeError: addHost: the option address is missing; give an/)
    expect(refusal(() => lab.addHost(any(undefined)))).toMatch(
      /^TypeError: addHost: the options are undefined; give an/,
    )
    expect(refusal(() => lab.addHost(any('192.168.7.1/24')))).toMatch(
      /the options are "192\.168\.7\.1\/24"; give an object/,
    )
    expect(refusal(() => lab.addHost(any({ adress: '192.168.7.1/24' })))).toMatch(
      /^TypeError: addHost: there is no option adress, which is "192\.168\.7\.1\/24"; give one of address, name,/,
    )
    expect(refusal(() => lab.addBoard(any(null)))).toMatch(/addBoard: the board is null; give a board of the catalogue/)
    expect(refusal(() => lab.addBoard(any({ name: 'uno' })))).toMatch(
      /the board is {"name":"uno"}; .*what parseBoard read/,
    )
    expect(refusal(() => lab.addBoard('uno', any({ services: 'http' })))).toMatch(
      /the option services is "http"; give a list of services, as \['http'\]; there are echo,/,
    )
    expect(refusal(() => lab.addBoard('uno', any({ errata: { transmitStal: true } })))).toMatch(
      /there is no option errata\.transmitStal, which is true; give one of slowSpiMac,/,
    )
    expect(refusal(() => lab.addBoard('uno', any({ driver: { fullDuplex: 'yes' } })))).toMatch(
      /the option driver\.fullDuplex is "yes"; give true or false/,
    )
    expect(refusal(() => lab.addHost(any({ address: '10.0.0.1/8', dhcpServer: {} })))).toMatch(
      /the option dhcpServer\.pool is missing; give the first address and the last/,
    )
    const board = lab.addBoard('uno')
    const host = lab.addHost({ address: '192.168.7.1/24' })
    expect(refusal(() => lab.connect(any(board), host.port))).toMatch(
      /the first jack is .*; give board\.port, host\.port/,
    )
    expect(refusal(() => lab.connect(board.port, any(undefined)))).toMatch(
      /the second jack is undefined; give board\.port/,
    )
    expect(refusal(() => lab.connect(board.port, host.port, any(20)))).toMatch(
      /the options are 20; give an object, as { length/,
    )
    expect(refusal(() => lab.connect(board.port, host.port, any({ length: '20' })))).toMatch(
      /the option length is "20"; give metres, 0 to 10000/,
    )
    expect(refusal(() => lab.connect(board.port, host.port, any({ category: 5 })))).toMatch(/give one of 3, 5e, 6/)
    expect(refusal(() => host.addCard(any(7)))).toMatch(/addCard: the address is 7; give an address/)
    expect(refusal(() => host.addCard('10.0.0.1/8', any({ silent: 1 })))).toMatch(
      /the option silent is 1; give true or/,
    )
    expect(refusal(() => lab.runFor(any('1 s')))).toMatch(/runFor: the duration is "1 s"; give nanoseconds/)
    expect(refusal(() => lab.runUntil(any(true)))).toMatch(/runUntil: the condition is true; give a function/)
    expect(refusal(() => createBareLab(any({ seed: '7' })))).toMatch(
      /createLab: the option seed is "7"; give a whole number/,
    )
    expect(refusal(() => createBench(any({ board: 'uno', faults: 'miso-open' })))).toMatch(
      /createBench: the option faults is "miso-open"; give a list of faults by name/,
    )
  })

  const address = '192.168.7.1/24'
  it.each<[string, Rules, (lab: Lab, options: object) => unknown]>([
    ['createLab', LAB_OPTIONS, (_, options) => createBareLab(options)],
    ['addBoard', BOARD_OPTIONS, (lab, options) => lab.addBoard('uno', options)],
    ['addHost', HOST_OPTIONS, (lab, options) => lab.addHost({ address, ...options })],
    ['addCard', CARD_OPTIONS, (lab, options) => lab.addHost({ address }).addCard('10.0.0.1/8', options)],
    ['addHub', HUB_OPTIONS, (lab, options) => lab.addHub(options)],
    ['addSwitch', SWITCH_OPTIONS, (lab, options) => lab.addSwitch(options)],
    [
      'connect',
      CABLE_OPTIONS,
      (lab, options) => lab.connect(lab.addBoard('uno').port, lab.addHost({ address }).port, options),
    ],
  ])(
    '%s: whatever any of them is, it does or is refused in words, and never by an accident further in',
    (call, rules, act) => {
      const values = [
        null,
        0,
        -1,
        7,
        1.5,
        Number.NaN,
        1e300,
        '',
        'x',
        true,
        {},
        [],
        [null],
        ['x'],
        () => 0,
        Symbol('x'),
        7n,
        new Map(),
      ]
      let refused = 0
      for (const name of Object.keys(rules))
        for (const value of values) {
          const said = refusal(() => act(createBareLab(), { [name]: value }))
          const what = `${name}: ${String(value)}: ${said}`
          if (said === 'nothing thrown') continue
          refused++
          // The values of the right type that cannot be are a RangeError of whoever uses them.
          expect(said, what).toMatch(
            new RegExp(`^(?:TypeError: ${call}: (?:there is no|the) option ${name}\\b.*; give |RangeError: )`),
          )
        }
      expect(refused).toBeGreaterThan(8 * Object.keys(rules).length)
    },
  )
})

describe('checkOptions', () => {
  const rules: Rules = { name: required(text('give a text')), deep: object('give more', { on: flag }) }

  it('takes what is left out, or undefined', () => {
    expect(() => checkOptions('f', { name: '', deep: undefined, other: undefined }, rules)).not.toThrow()
    expect(() => checkOptions('f', { name: '', deep: { on: undefined } }, rules)).not.toThrow()
  })

  it('shows values in few and printable words', () => {
    const circle: Record<string, unknown> = {}
    circle.circle = circle
    for (const [value, words] of [
      ['\x1b[2J', '"\\u001b[2J"'],
      ['x'.repeat(1000), `"${'x'.repeat(56)}...`],
      [circle, 'an object'],
      [() => 0, 'a function'],
      [7n, '7n'],
      [Symbol('s'), 'Symbol(s)'],
      [undefined, 'missing'],
    ])
      expect(
        refusal(() =>
          checkOptions('f', { name: 'x', deep: { on: value }, ...(value === undefined ? { name: value } : {}) }, rules),
        ),
      ).toContain(` is ${words as string}; give `)
  })
})
