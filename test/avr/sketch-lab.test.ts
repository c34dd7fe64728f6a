/** Sketches of anyone's in a lab: written on the unmodified Arduino core, with their serial port, pins, faults and peers. */
import { beforeAll, describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { createLab } from '../../host/index.js'
import type { SketchLab } from '../../host/sketch/sketch-lab.js'
import { buildSketch } from './arduino.js'

let elf: Uint8Array
let hex: string
let third: Uint8Array
beforeAll(() => {
  ;({ elf, hex } = buildSketch('node'))
  third = buildSketch('node', ['-DHOST=3', '-DCS=9']).elf
})

async function ping(lab: SketchLab, address: string): Promise<PingResult | undefined> {
  let result: PingResult | undefined
  lab.hosts[0].network.ping(address, {}, (answer) => {
    result = answer
  })
  await lab.run({ until: () => result !== undefined })
  return result
}

describe('a sketch in a lab', () => {
  it('has a serial port, a peer, buttons, LEDs and voltages', async () => {
    const lab = createLab({ seed: 7 })
    const sketch = lab.addSketch(elf, { board: 'uno', cs: 10 })
    const peer = lab.addHost({ address: '192.168.7.1/24' })
    lab.connect(sketch.port, peer.port)
    const [, address] = await sketch.serial.line(/IP: (.*)/)
    expect(address).toBe('192.168.7.2')
    await sketch.serial.wait('name? ') // no line end behind it
    sketch.serial.write('Käthe\n')
    expect(await sketch.serial.line('hello')).toBe('hello, Käthe')
    await sketch.serial.line('link up')
    await sketch.serial.line('peer found')
    expect(sketch.linkUp).toBe(true)
    expect(await ping(lab, address)).toMatchObject({ ok: true })

    const button = sketch.button(4)
    const led = sketch.pin('D7')
    expect(led.high).toBe(false)
    button.press()
    await led.becomes(true)
    expect(led.isOutput).toBe(true)
    await sketch.serial.line('button pressed')
    button.release()
    await led.becomes(false)

    // 10 bits of 5 V: 2.5 V are half of 1024 (DS40002061B 23.7)
    sketch.pin('A0').setVolts(2.5)
    sketch.serial.write('analog\n')
    expect((await sketch.serial.line(/A0 = (\d+)/))[1]).toBe('512')
    expect(sketch.findings).toEqual([])
    sketch.serial.write('bad\n')
    await sketch.serial.line('done')
    expect(sketch.findings.map(({ id }) => id)).toEqual(['bit-field-on-mac-register'])
  })

  it('has an EEPROM and an SPI flash beside the Ethernet chip', async () => {
    const lab = createLab()
    const sketch = lab.addSketch(buildSketch('store').elf)
    const eeprom = sketch.addEeprom()
    const image = new Uint8Array(0x105).fill(0xff)
    image.set(
      [...'hello'].map((letter) => letter.charCodeAt(0)),
      0x100,
    )
    sketch.addSpiFlash(8, image)
    const lines = ['nobody: 0', 'busy at least 4 ms: 1', 'eeprom: A1B2', 'flash: EF3011', 'revision: 6', 'hello']
    for (const line of lines) expect(await sketch.serial.line()).toBe(line)
    expect([eeprom.memory[0x3e], eeprom.memory[0x3f], eeprom.memory[0]]).toEqual([0xa1, 0xb2, 0xc3])
    expect(sketch.findings).toEqual([])
    expect(() => sketch.addEeprom(0x50)).toThrow(/a part at address 0x50 already/)
    expect(() => sketch.addEeprom(0x78)).toThrow(/8 to 119/)
    expect(() => sketch.addSpiFlash(10)).toThrow(/pin 10 is the chip select of the ENC28J60/)
    expect(() => sketch.addSpiFlash(7, new Uint8Array(200_000))).toThrow(/holds 131072 octets; the image has 200000/)
  })

  it('has an SD card beside the Ethernet chip', async () => {
    const lab = createLab()
    const sketch = lab.addSketch(buildSketch('card').elf)
    const image = new Uint8Array(600_000)
    image.set([...'FAT!'].map((letter) => letter.charCodeAt(0)))
    const card = sketch.addSdCard(4, image)
    // Of 600,000 octets: three units of 256 KiB, C_SIZE one less (5.3.2).
    const lines = [
      ...['wrong crc: 9', 'idle: 1', 'condition: 1', 'pattern: 1AA', 'too early: 5', 'asked more than once: 1'],
      ...['ocr: 80FF8000', 'length: 0', 'misaligned: 20', 'read: 1', 'FAT!', 'write: 0', 'accepted: 5', 'was busy: 1'],
      ...['again: 1', 'same: 1', 'size: 2', 'done'],
    ]
    for (const line of lines) expect(await sketch.serial.line()).toBe(line)
    expect([...card.image.subarray(512, 516)]).toEqual([0, 1, 2, 3])
    expect(image[513]).toBe(0)
    expect(sketch.findings).toEqual([])
  })

  it('has a character display', async () => {
    const sketch = createLab().addSketch(buildSketch('display').elf)
    const lcd = sketch.addLcd({ rs: 6, enable: 7, data: [5, 4, 3, 'A1'] })
    expect(lcd.lines).toEqual([' '.repeat(16), ' '.repeat(16)]) // it is off
    await sketch.serial.line('shown')
    expect(lcd.lines).toEqual(['IP 192.168.7.2  ', 'link down       '])
    sketch.serial.write('x')
    await sketch.serial.line('shown')
    expect(lcd.lines[1]).toBe('link up         ')
    expect(() => sketch.addLcd({ rs: 6, enable: 7, data: [5] })).toThrow(/four data wires .* or eight .*, not 1/)
  })

  it('is the same as HEX text, and two of them share a wire', async () => {
    const lab = createLab({ seed: 3 })
    const hub = lab.addHub()
    const peer = lab.addHost({ address: '192.168.7.1/24' })
    const [two, three] = [lab.addSketch(hex), lab.addSketch(third, { cs: 9 })]
    expect([two.name, three.name]).toEqual(['uno', 'uno-2'])
    for (const [index, port] of [peer.port, two.port, three.port].entries()) lab.connect(hub.ports[index], port)
    await Promise.all([two, three].map(({ serial }) => serial.line('peer found')))
    expect(await ping(lab, '192.168.7.2')).toMatchObject({ ok: true })
    expect(await ping(lab, '192.168.7.3')).toMatchObject({ ok: true })
  })

  it('does the same for the same seed, event for event', async () => {
    const events = async () => {
      const lab = createLab({ seed: 5 })
      const { sketch } = lab.addBench(elf, { faults: ['cable-noise:0.3V'] })
      await sketch.serial.line('link up')
      await ping(lab, '192.168.7.2')
      return [lab.now, lab.clock.executed, sketch.serial.text]
    }
    expect(await events()).toEqual(await events())
  })

  it('meets any fault: built in, or put into a lab that stands', async () => {
    const lab = createLab()
    const broken = lab.addBench(elf, { name: 'broken', faults: ['miso-open', 'partner-off'] })
    await expect(broken.sketch.serial.line(/IP/, { timeout: 50 * MILLISECOND })).rejects.toThrow(
      /^broken did not print a line with \/IP\/ within 0\.05 s of simulated time: it has printed nothing at all; /,
    )
    const { sketch, cable } = lab.addBench(elf, { name: 'whole' })
    await sketch.serial.line('link up')
    expect(() => lab.addFault('cable-unplugged')).toThrow(/there are 2, so say which board, as \{ board: … \}/)
    expect(() => lab.addFault('partner-full-duplex', { board: sketch })).toThrow(
      /built into the partner .* addBench\(…, \{ faults: \['partner-full-duplex'\] \}\), or run/,
    )
    lab.addFault('cable-too-long:900m', { board: sketch })
    expect(cable.length).toBe(900)
    await sketch.serial.line('link down')
  })

  it('has the errata that it is told, by name or by item of the errata sheet', () => {
    const lab = createLab()
    const sketch = lab.addSketch(elf, { errata: { 14: false, deafAfterOverflow: true } })
    expect(sketch.chip.errata).toMatchObject({ evenReadPointer: false, deafAfterOverflow: true, transmitStall: true })
    expect(() => lab.addSketch(elf, { errata: { 99: false } })).toThrow(/no erratum "99"; there are slowSpiMac \(1\), /)
    expect(lab.sketches).toHaveLength(1)
  })

  it.each([
    [
      () => createLab().addSketch('x.elf'),
      /"x\.elf" is a path, and this lab reads no files: take createLab of linkpulse\/node/,
    ],
    [
      () => createLab().addSketch(elf, { cs: 99 }),
      /no pin 99; an Arduino with an ATmega328P has 0 to 13, and A0 to A5/,
    ],
    [
      () => createLab().addSketch(elf, { csPin: 9 } as never),
      /no option csPin, which is 9; give one of board, name, cs/,
    ],
    [() => createLab().addSketch(new Uint8Array([1])), /neither an Intel HEX file .* nor an ELF file/],
    [() => createLab().addSketch(elf).pin(3).setVolts(1), /pin 3 measures no voltage; A0 to A7 do/],
    [() => createLab().addSketch(elf).pin('A0').setVolts(6), /0 to 5 V, the supply of the board; got 6/],
  ])('says what is wrong: %#', (call, message) => {
    expect(call).toThrow(message)
  })
})
