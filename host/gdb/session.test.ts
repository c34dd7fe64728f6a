import { describe, expect, it } from 'vitest'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { withoutBootLoader } from '../../boards/avr/fuses.js'
import { AvrMcu } from '../../boards/avr/mcu.js'
import type { AvrPart } from '../../boards/avr/part.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { ATMEGA2560 } from '../../boards/avr/parts/atmega2560.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MICROSECOND, SECOND } from '../../firmware/hal/clock.js'
import { AvrTarget } from './avr-target.js'
import { GdbSession } from './session.js'

/** Words of a program (AVR instruction set manual): each round stores R16 at 0x0200, reads it to R17 and counts it up. */
const PROGRAM = [
  0x9300, 0x0200, // 0: sts 0x0200, r16
  0x9110, 0x0200, // 2: lds r17, 0x0200
  0x9503, //         4: inc r16
  0xcffa, //         5: rjmp 0
] // biome-ignore format: an instruction a line

function imageOf(words: readonly number[], at = 0): FlashImage {
  const octets = Uint8Array.from(words.flatMap((word) => [word & 0xff, word >> 8]))
  return { flash: [{ address: at, octets }], eeprom: [] } as unknown as FlashImage
}

/** As a client sends it: without counts of what repeats. */
function packet(text: string): Uint8Array {
  const octets = Array.from(text, (character) => character.charCodeAt(0))
  const body = octets.flatMap((octet) => ('$#}*'.includes(String.fromCharCode(octet)) ? [0x7d, octet ^ 0x20] : [octet]))
  const sum = body.reduce((total, octet) => (total + octet) % 256, 0)
  return Uint8Array.from([0x24, ...body, 0x23, ...Buffer.from(sum.toString(16).padStart(2, '0'))])
}

/** A controller that a client has in its hands; time passes while nobody holds it. */
function session(part: AvrPart = ATMEGA328P, image = imageOf(PROGRAM)) {
  const clock = new Scheduler()
  const mcu = new AvrMcu({ clock, part, fuses: withoutBootLoader(part) })
  mcu.load(image)
  mcu.powerOn()
  let held = false
  const events: string[] = []
  const target = new AvrTarget(mcu, {
    hold: () => {
      held = true
    },
    release: () => {
      held = false
    },
  })
  target.unit.stopNext()
  let said = ''
  const gdb = new GdbSession({
    target,
    write: (octets) => {
      said += String.fromCharCode(...octets)
    },
    kill: () => events.push('kill'),
    detached: () => events.push('detached'),
  })
  const pass = () => clock.runWhile(() => !held, clock.now + 100 * MICROSECOND)
  /** What is answered to a packet, without its frame, once time has passed. */
  const ask = (text: string): string => {
    said = ''
    gdb.receive(packet(text))
    if (!held) pass()
    return said
      .replace(/^\+/, '')
      .replace(/^\$|#..$/g, '')
      .replace(/(.)\*(.)/g, (_, one, count) => one.repeat(count.charCodeAt(0) - 28))
  }
  clock.runWhile(() => !held, SECOND)
  return { clock, mcu, gdb, target, ask, events, isHeld: () => held, said: () => said }
}

/** `g` of avr-gdb: R0 to R31, SREG, SP, PC, the lowest octet first. */
const pcOf = (registers: string) => Number.parseInt(registers.slice(70).match(/../g)!.reverse().join(''), 16)

describe('a debugger on an emulated AVR', () => {
  it('is told what is supported, of one thread, and that the program stands at reset', () => {
    const { ask } = session()
    expect(ask('qSupported:swbreak+;hwbreak+')).toBe(
      'PacketSize=1000;QStartNoAckMode+;vContSupported+;swbreak+;hwbreak+',
    )
    expect(ask('?')).toBe('T0520:00;21:ff08;22:00000000;thread:1;')
    expect(['qC', 'qfThreadInfo', 'qsThreadInfo', 'qAttached', 'Hg0', 'T1', 'vCont?'].map(ask)).toEqual([
      ...['QC1', 'm1', 'l', '1', 'OK', 'OK', 'vCont;c;C;s;S;r'],
    ])
    expect(['vMustReplyEmpty', 'qXfer:features:read:target.xml:0,100', '!', 'R00', ''].map(ask)).toEqual([
      '',
      '',
      '',
      '',
      '',
    ])
  })

  it('steps, and reads and writes registers in the layout of avr-gdb', () => {
    const { ask, mcu } = session()
    ask('?')
    expect(ask('s')).toBe('T0520:00;21:ff08;22:04000000;thread:1;')
    const registers = ask('g')
    expect(registers).toHaveLength(2 * 39)
    expect(pcOf(registers)).toBe(4)
    expect(ask('P10=5a')).toBe('OK')
    expect(ask('p10')).toBe('5a')
    expect(ask('P21=3412')).toBe('OK')
    expect(mcu.cpu.SP).toBe(0x1234)
    expect(ask('P22=08000000')).toBe('OK')
    expect(mcu.cpu.pc).toBe(4)
    expect(ask(`G${'11'.repeat(32)}82ff0800000000`)).toBe('OK')
    expect(ask('g')).toBe(`${'11'.repeat(32)}82ff0800000000`)
    // Outside of flash, in the middle of a word, of another length, no such register.
    expect(['P22=00800000', 'P22=01000000', 'P22=00', 'p23', 'P10=zz', 'G00'].map(ask)).toEqual(Array(6).fill('E16'))
    expect(ask('g')).toBe(`${'11'.repeat(32)}82ff0800000000`)
  })

  it('reads and writes flash, data memory and EEPROM where avr-gdb maps them', () => {
    const { ask, mcu } = session()
    ask('?')
    expect(ask('m0,4')).toBe('00930002')
    expect(ask('M800200,2:abcd')).toBe('OK')
    expect(ask('m800200,2')).toBe('abcd')
    expect([...mcu.cpu.data.subarray(0x200, 0x202)]).toEqual([0xab, 0xcd])
    expect(ask('X810003,2:\x01#')).toBe('OK')
    expect([...mcu.eeprom.memory.subarray(3, 5)]).toEqual([1, 0x23])
    expect(ask('M100,2:0895')).toBe('OK')
    expect(mcu.cpu.progMem[0x80]).toBe(0x9508)
    // A register acts: PB5 is driven high (14.2).
    expect(ask('M800024,2:2020')).toBe('OK')
    expect(mcu.pin('B', 5).high).toBe(true)
    // Up to the end of a memory, and nothing beyond.
    expect(ask('m7ffe,8')).toBe('ffff')
    expect(ask('m8008ff,ffff')).toBe('00')
    expect(['m8000,1', 'm800900,1', 'm810400,1', 'm820000,1', 'M8008ff,2:0000', 'mffffffff,1'].map(ask)).toEqual(
      Array(6).fill('E0e'),
    )
    expect(['m', 'm0', 'mx,1', 'm0,1,2', 'm000000000,1', 'M0,2:00', 'M0,1:0', 'X0,2:a', 'X'].map(ask)).toEqual(
      Array(9).fill('E16'),
    )
  })

  it('stops at breakpoints of either kind before the instruction, again and again, until they are taken away', () => {
    const { ask, target, isHeld } = session()
    ask('qSupported:swbreak+;hwbreak+')
    ask('?')
    expect(ask('Z1,8,2')).toBe('OK')
    const counts = [ask('c'), ask('c'), ask('vCont;c:1')]
    expect(counts).toEqual(Array(3).fill('T0520:00;21:ff08;22:08000000;thread:1;hwbreak:;'))
    expect(ask('p10')).toBe('02')
    expect(ask('Z0,8,2')).toBe('OK')
    expect(ask('z1,8,2')).toBe('OK')
    expect(ask('c')).toContain('swbreak:;')
    expect(ask('z0,8,2')).toBe('OK')
    expect(['Z0,8000,2', 'Z0,9,2', 'Z0,8', 'Z0', 'Z5,8,2'].map(ask)).toEqual(['E0e', 'E0e', 'E16', 'E16', ''])
    expect(ask('c')).toBe('')
    expect([target.stopped, isHeld()]).toEqual([undefined, false])
  })

  it.each([
    ['2', 'watch', 4],
    ['3', 'rwatch', 8],
    ['4', 'awatch', 4],
  ])('stops behind the access that Z%s watches, with its address', (type, word, pc) => {
    const { ask } = session()
    ask('?')
    expect(ask(`Z${type},8001ff,2`)).toBe('OK')
    expect(ask('c')).toBe(`T0520:00;21:ff08;22:0${pc}000000;thread:1;${word}:800200;`)
    expect(ask(`z${type},8001ff,2`)).toBe('OK')
    expect(ask('c')).toBe('')
  })

  it('watches no register that instructions change by themselves, and nothing outside of data memory', () => {
    const { ask } = session()
    ask('?')
    expect(['Z2,80001f,1', 'Z2,80005c,2', 'Z2,8008ff,2', 'Z2,100,1', 'Z2,810000,1', 'Z2,800200,0'].map(ask)).toEqual(
      Array(6).fill('E0e'),
    )
  })

  it('steps through a range in one go', () => {
    const { ask } = session()
    ask('?')
    expect(ask('vCont;r0,8')).toContain('22:08000000')
    expect(ask('vCont;x')).toBe('E16')
  })

  it('interrupts a program that runs, and is answered nothing but that meanwhile', () => {
    const { ask, gdb, said, target } = session()
    ask('?')
    expect(ask('c')).toBe('')
    expect(['g', 'm0,1', 's', 'Z0,0,2'].map(ask)).toEqual(Array(4).fill('E01'))
    gdb.receive(Uint8Array.of(3))
    expect(said()).toContain('$T02')
    expect(target.stopped).toEqual({ kind: 'interrupted' })
  })

  it('that detaches, or goes away, leaves the program running and nothing set', () => {
    for (const leave of ['D', 'close'] as const) {
      const { ask, gdb, target, events, mcu, isHeld } = session()
      ask('?')
      ask('Z1,8,2')
      ask('Z2,800200,1')
      if (leave === 'D') expect(ask('D')).toBe('OK')
      gdb.close()
      expect([target.stopped, isHeld(), events]).toEqual([undefined, false, ['detached']])
      expect([mcu.cpu.probe, mcu.cpu.storeKind[0x200]]).toEqual([undefined, 0])
    }
  })

  it('that never asked why it stands has not started it', () => {
    const { gdb, events, isHeld } = session()
    gdb.close()
    expect([isHeld(), events]).toEqual([true, []])
  })

  it('kills it, and is told how it ended while it waits', () => {
    const killed = session()
    killed.ask('?')
    killed.ask('k')
    expect(killed.ask('vKill;1')).toBe('OK')
    expect(killed.events).toEqual(['kill', 'kill'])
    const ended = session()
    ended.ask('?')
    ended.ask('c')
    ended.gdb.exited(4)
    expect(ended.said()).toContain('$W04#')
  })

  it('acknowledges until it is told not to, and says again what was not understood', () => {
    const { gdb, said, ask } = session()
    ask('qC')
    gdb.receive(Uint8Array.of(0x2d))
    expect(said()).toBe('+$QC1#c5$QC1#c5')
    ask('QStartNoAckMode')
    expect(said()).toBe('+$OK#9a')
    ask('qC')
    expect(said()).toBe('$QC1#c5')
  })

  it('has a program counter of more than 16 bits on an ATmega2560', () => {
    const { ask, mcu } = session(ATMEGA2560, imageOf(PROGRAM, 0x20000))
    ask('?')
    expect(ask('P22=00000200')).toBe('OK')
    expect(mcu.cpu.pc).toBe(0x10000)
    expect(ask('Z1,20008,2')).toBe('OK')
    expect(ask('c')).toBe('T0520:00;21:ff21;22:08000200;thread:1;')
    expect(ask('m20000,2')).toBe('0093')
  })
})

it('whatever a client sends, nothing is thrown, and it is answered afterwards', () => {
  const random = new SeededRandom(3)
  const commands = [
    'm',
    'M',
    'X',
    'g',
    'G',
    'p',
    'P',
    'Z0',
    'Z1',
    'Z2',
    'Z4',
    'z2',
    'c',
    's',
    'C05',
    'vCont;',
    'vCont;r',
    'q',
    'Q',
    '?',
    'H',
    'D',
    'k',
    'vKill',
  ]
  const pieces = [
    '0',
    '8',
    '800100',
    '80ffff',
    '810000',
    'ffffffff',
    ',',
    ':',
    ';',
    '=',
    '1',
    '2',
    'ff',
    '00',
    '-',
    '\x80',
    'x',
  ]
  const { clock, gdb, ask, target, mcu, isHeld } = session()
  ask('?')
  for (let round = 0; round < 2000; round++) {
    let text = commands[random.below(commands.length)]
    for (let i = random.below(8); i > 0; i--) text += pieces[random.below(pieces.length)]
    gdb.receive(packet(text))
    if (!isHeld()) clock.runWhile(() => !isHeld(), clock.now + 20_000)
    if (random.below(4) === 0) gdb.receive(Uint8Array.of(3))
    if (target.stopped === undefined) gdb.receive(packet('?'))
  }
  ask('?')
  expect(mcu.cpu.pc).toBeLessThan(mcu.cpu.progMem.length)
  expect(ask('g')).toHaveLength(2 * 39)
})
