import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, scratch } from './command.js'

describe('linkpulse scope', () => {
  it('draws a frame as the board receives it, the same each time', async () => {
    const path = join(scratch(), 'frame.svg')
    const { status, stderr } = await run('scope', 'model:uno', '--out', path)
    expect(status).toBe(0)
    expect(stderr).toMatch(/receive pair of uno: frame 1, 64 octets/)
    const picture = readFileSync(path, 'utf8')
    expect(picture).toMatch(/^<svg .*>preamble<.*<\/svg>\n$/s)
    expect((await run('scope')).stdout).toBe(picture)
  })

  it('writes values that hold the frame: the broadcast of an ARP request', async () => {
    const path = join(scratch(), 'frame.csv')
    expect((await run('scope', '--window', '60', '--out', path)).status).toBe(0)
    const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)
    const columns = rows.map((row) => row.split(','))
    // A bit's value is the level of its second half (802.3 7.3.1): sampled 75 ns into it.
    const bits = columns.filter(([ns, , bit]) => bit !== '' && (Number(ns) - 75) % 100 === 0)
    for (const [ns, volts, bit] of bits) expect(Number(volts) > 0 ? '1' : '0', `${ns} ns`).toBe(bit)
    const destination = bits.filter(([, , , , field]) => field === 'destination').map(([, , bit]) => bit)
    expect(destination.join('')).toBe('1'.repeat(48))
  })

  it('shows link test pulses upside down on a reversed pair', async () => {
    const path = join(scratch(), 'pulse.csv')
    const { stderr } = await run('scope', '--pulse', '--fault', 'rx-pair-reversed', '--out', path)
    expect(stderr).toMatch(/inverted/)
    const volts = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[1]))
    expect(Math.min(...volts)).toBeLessThan(-2)
    expect(Math.max(...volts)).toBeLessThanOrEqual(0)
  })

  it('marks the bits that noise turned over', async () => {
    const { status, stdout } = await run('scope', '--fault', 'cable-noise', '--damaged', '--window', '200')
    expect(status).toBe(0)
    expect(stdout.includes('#f6c6c6')).toBe(true)
  })

  it.each([
    { words: ['--probe', 'uart-tdx'], said: /no probe "uart-tdx".*uart-txd.*--list/s },
    { words: ['--out', 'x.gif'], said: /ends in \.svg or \.png .* or \.csv/ },
    { words: ['--window', '5..3'], said: /--window takes a duration as 250us/ },
    { words: ['--probe', 'int', '--during', 'everything'], said: /no check or layer "everything"/ },
    { words: ['--probe', 'uart-txd', '--frame', '2'], said: /--frame picks a frame/ },
    {
      words: ['--probe', 'leda', '--rate', '1000000000', '--out', join(scratch(), 'x.csv')],
      said: /give a lower --rate/,
    },
    { words: ['--frame', '1', '--pulse'], said: /exclude each other/ },
    { words: ['/dev/ttyUSB9'], said: /a simulated board.*model:uno/ },
  ])('answers $words with what to do instead', async ({ words, said }) => {
    const { status, stderr } = await run('scope', ...words)
    expect(status).toBe(2)
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/ at .*\.[jt]s/)
  })

  it('says that nothing came by when the cable is out (exit status 4)', async () => {
    const { status, stderr } = await run('scope', '--fault', 'cable-unplugged')
    expect(status).toBe(4)
    expect(stderr).toMatch(/no frame came by on the receive pair of uno in 10 s/)
  })

  it('lists the probes', async () => {
    const { stdout } = await run('scope', '--list')
    for (const name of ['uart-txd', 'rs232-rxd', 'cts', 'spi-sck', 'int', 'rd']) expect(stdout).toContain(name)
  })

  it('draws what a board says at RS-232 levels, with bits and octets, as SVG and as PNG', async () => {
    const { status, stdout } = await run('scope', 'model:uno', '--probe', 'rs232-txd')
    expect(status).toBe(0)
    expect(stdout).toMatch(/>space · 0<.*>mark · 1</s)
    expect(stdout).toContain('>octets<')
    const path = join(scratch(), 'txd.png')
    expect((await run('scope', '--probe', 'rs232-txd', '--out', path)).status).toBe(0)
    const png = readFileSync(path)
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    expect(png.readUInt32BE(16)).toBe(1800) // IHDR: width
  })

  it('draws several conductors one below the other, and the same each time', async () => {
    const words = ['scope', '--probe', 'spi-cs,spi-sck', '--probe', 'spi-si']
    const { stdout } = await run(...words)
    expect(stdout.match(/<polyline/g)?.length).toBe(3)
    expect(stdout).toContain('>instruction<')
    expect((await run(...words)).stdout).toBe(stdout)
  })

  it('shows the pins of an emulated board as well', async () => {
    const { status, stdout } = await run('scope', 'avr:uno', '--probe', 'uart-txd')
    expect(status).toBe(0)
    expect(stdout).toContain('>octets<')
  })

  it('says that nothing happened on a conductor that is not connected (exit status 4)', async () => {
    const { status, stderr } = await run('scope', '--probe', 'uart-rxd', '--fault', 'serial-tx-rx-swapped')
    expect(status).toBe(4)
    expect(stderr).toMatch(/nothing happened on uart-rxd/)
  })
})

describe('linkpulse check --trace', () => {
  it('writes the serial line beside the pins, and voltages of line and pairs when asked for them', async () => {
    const plain = join(scratch(), 'plain.vcd')
    const volts = join(scratch(), 'volts.vcd')
    expect((await run('check', '--only', 'serial.session', '--trace', plain)).status).toBe(0)
    expect((await run('check', '--only', 'phy.link', '--trace', volts, '--trace-volts')).status).toBe(0)
    const signals = (path: string) =>
      [...readFileSync(path, 'utf8').matchAll(/^\$var (wire|real) \d+ \S+ (\S+) \$end$/gm)].map(
        ([, kind, name]) => `${kind} ${name}`,
      )
    for (const name of ['CS', 'SCK', 'TXD', 'RXD', 'RTS', 'CTS']) expect(signals(plain)).toContain(`wire ${name}`)
    expect(signals(plain).filter((each) => each.startsWith('real'))).toEqual([])
    for (const name of ['TXD_volts', 'RD_volts', 'TD_volts']) expect(signals(volts)).toContain(`real ${name}`)
    // Time only goes forwards.
    const times = [...readFileSync(volts, 'utf8').matchAll(/^#(\d+)$/gm)].map(([, time]) => Number(time))
    expect(times.length).toBeGreaterThan(1000)
    expect(times.every((time, i) => i === 0 || time > times[i - 1])).toBe(true)
  })

  it('wants a file for the voltages', async () => {
    const { status, stderr } = await run('check', '--trace-volts')
    expect(status).toBe(2)
    expect(stderr).toMatch(/--trace FILE/)
  })
})
