import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { FileProblem } from './place.js'
import { parseScenario, readScenario } from './scenario.js'

const steps = (...lines: readonly string[]) => `version: 1\nsteps:\n${lines.map((line) => `  - ${line}\n`).join('')}`
const only = (text: string) => parseScenario('s.yaml', steps(text)).steps[0].action
const messages = (text: string) => readScenario('s.yaml', text).problems.map(({ message }) => message)

describe('a scenario', () => {
  // The steps of Wokwi's page "Automation Scenarios", with values of our own.
  it.each([
    ['delay: 30ms', { kind: 'delay', duration: 30 * MILLISECOND }],
    ['delay: 1.5s', { kind: 'delay', duration: 1.5 * SECOND }],
    ["wait-serial: 'Button 1 pressed'", { kind: 'wait-serial', text: 'Button 1 pressed' }],
    ["write-serial: 'go'", { kind: 'write-serial', octets: 'go' }],
    ['write-serial: [119, 111, 107]', { kind: 'write-serial', octets: Uint8Array.of(119, 111, 107) }],
    ['expect-pin: { part-id: uno, pin: 2, value: 1 }', { kind: 'expect-pin', part: 'uno', pin: '2', value: 1 }],
    ['expect-pin: { part-id: led1, name: A, expected: 0 }', { kind: 'expect-pin', part: 'led1', pin: 'A', value: 0 }],
    [
      'set-control: { part-id: btn1, control: pressed, value: 1 }',
      { kind: 'set-control', part: 'btn1', control: 'pressed', value: 1 },
    ],
    [
      'wait-frame: { protocol: arp, type: request, target: 10.0.0.1 }',
      { kind: 'wait-frame', pattern: { protocol: 'arp', fields: { type: 'request', target: '10.0.0.1' } } },
    ],
    ['wait-frame: icmp', { kind: 'wait-frame', pattern: { protocol: 'icmp', fields: {} } }],
    ['expect-link: down', { kind: 'expect-link', up: false }],
    ['set-fault: cable-noise:0.3V', { kind: 'set-fault', fault: 'cable-noise:0.3V' }],
    ['unplug:', { kind: 'unplug', part: undefined }],
    ['plug: { part-id: uno }', { kind: 'plug', part: 'uno' }],
    ['ping: 192.168.7.2', { kind: 'ping', address: '192.168.7.2' }],
  ])('has the step %s', (text, action) => {
    expect(only(text)).toMatchObject(action)
  })

  it('knows where each step stands, and how it is read', () => {
    const { name, steps: all } = parseScenario(
      's.yaml',
      `name: boots\nauthor: me\n${steps('delay: 1s', 'wait-serial: up')}`,
    )
    expect(name).toBe('boots')
    expect(all.map(({ line, column, key, words }) => [line, column, key, words])).toEqual([
      [5, 5, 'steps[1]', 'delay "1s"'],
      [6, 5, 'steps[2]', 'wait-serial "up"'],
    ])
  })

  it('names each mistake with file, line, column, key and remedy', () => {
    expect(
      messages(
        `verison: 1\nname: [x]\n${steps(
          'delay: 5',
          'wait-seriel: x',
          'take-screenshot: { part-id: lcd1 }',
          'expect-pin: { part-id: uno, pin: 13, value: 2 }',
          'wait-frame: { protocol: arp, port: 80 }',
          'wait-frame: { protocol: tcp, flags: SYNACK }',
          'ping: 1.2.3',
          'delay: 1s\n    ping: 1.2.3.4',
        )}`,
      ),
    ).toEqual([
      's.yaml:1:1: verison: there is no such key; did you mean "version"?; give some of name, version, author, steps',
      's.yaml:2:7: name: give a text',
      's.yaml:5:12: steps[1] delay: give a time with its unit, up to a day, as 500ms, 2s or 30us',
      's.yaml:6:5: steps[2] wait-seriel: there is no such step; did you mean "wait-serial"?; there are delay, wait-serial, write-serial, expect-pin, set-control, wait-frame, expect-link, set-fault, plug, unplug, ping',
      's.yaml:7:5: steps[3] take-screenshot: this step is not supported: nothing is drawn here that could be looked at or touched; leave it out',
      's.yaml:8:17: steps[4] expect-pin: give value: 0 or value: 1',
      's.yaml:9:17: steps[5] wait-frame: a frame of arp has no field "port"; it has sourceMac, destinationMac, type, sender, target',
      's.yaml:10:17: steps[6] wait-frame: tcp flags: give some of FIN, SYN, RST, PSH, ACK, URG, not "SYNACK"',
      's.yaml:11:11: steps[7] ping: give the address that is to answer, as 192.168.7.2',
      's.yaml:13:5: steps[8]: a step has one name, and here are delay and ping; begin each step with "- "',
    ])
  })

  it.each([
    ['', /^s\.yaml:1:1: a scenario is a mapping with version and steps; give /],
    ['steps: [', /^s\.yaml:\d+:\d+: this is not YAML: /],
    ['version: 1\nsteps: []', /^s\.yaml:2:8: steps: give a list of 1 to 10000 steps/],
    ['version: 2\nsteps:\n  - delay: 1s', /^s\.yaml:1:10: version: there is version 1/],
  ])('refuses %j', (text, message) => {
    expect(() => parseScenario('s.yaml', text)).toThrow(FileProblem)
    expect(() => parseScenario('s.yaml', text)).toThrow(message)
  })

  it('does not expand what expands without end', () => {
    // Each list has the one before ten times: a thousand million numbers in the end.
    const lists = Array.from({ length: 9 }, (_, level) => {
      const items = level === 0 ? '1' : `*l${level - 1}`
      return `write-serial: &l${level} [${Array(10).fill(items).join(', ')}]`
    })
    const found = messages(steps(...lists))
    expect(found.length).toBeGreaterThan(0)
    expect(found.at(-1)).toMatch(/^s\.yaml:11:\d+: steps\[9\] write-serial: .*; write the value out$/)
  })

  it('ends with a problem or a scenario, whatever octets it is given', () => {
    const random = new SeededRandom(17)
    const sound = `name: a\n${steps('delay: 1s', 'wait-frame: { protocol: tcp, flags: SYN ACK }', 'write-serial: [1, 2]')}`
    let wrong = 0
    for (let run = 0; run < 2000; run++) {
      const characters = [...sound]
      for (let change = 0; change <= random.below(4); change++)
        characters[random.below(characters.length)] = String.fromCharCode(random.below(0x80))
      const { scenario, problems } = readScenario('s.yaml', characters.join(''))
      expect(scenario === undefined).toBe(problems.length > 0)
      wrong += problems.length > 0 ? 1 : 0
    }
    expect(wrong).toBeGreaterThan(200)
    expect(wrong).toBeLessThan(2000)
  })
})
