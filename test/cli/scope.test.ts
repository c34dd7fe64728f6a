import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratch } from './command.js'
import { runHere } from './here.js'

describe('linkpulse scope', () => {
  it('draws a frame as the board receives it, the same each time', async () => {
    const path = join(scratch(), 'frame.svg')
    const { status, stderr } = await runHere('scope', 'model:uno', '--out', path)
    expect(status).toBe(0)
    expect(stderr).toMatch(/receive pair at the board’s jack: frame 1, 64 octets/)
    const picture = readFileSync(path, 'utf8')
    expect(picture).toMatch(/^<svg .*>preamble<.*<\/svg>\n$/s)
    expect(picture).toMatch(/first bit 0\.\d{3}\u202f\d{3}\u202f\d{3} s after power-on.*seed 1/)
    expect((await runHere('scope')).stdout).toBe(picture)
    expect((await runHere('scope', '--out', '-')).stdout).toBe(picture)
  })

  it('writes values that hold the frame: the broadcast of an ARP request', async () => {
    const path = join(scratch(), 'frame.csv')
    expect((await runHere('scope', '--window', '60', '--out', path)).status).toBe(0)
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
    const { stderr } = await runHere('scope', '--pulse', '--fault', 'rx-pair-reversed', '--out', path)
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
    const { status, stdout } = await runHere('scope', '--fault', 'cable-noise', '--damaged', '--window', '200')
    expect(status).toBe(0)
    expect(stdout.includes('#f6c6c6')).toBe(true)
  })

  it('has the first bit that noise turned over in a picture that is too short for the frame', async () => {
    const { stdout } = await runHere('scope', '--fault', 'cable-noise', '--damaged', '--window', '5us')
    expect(stdout.includes('#f6c6c6')).toBe(true)
  })

  it('shows collisions, and counts frames that are broken off', async () => {
    const { status, stdout } = await runHere('scope', '--probe', 'td,rd', '--fault', 'cable-split-pair', '--collision')
    expect(status).toBe(0)
    expect(stdout).toMatch(/collision 1, broken off after 96 bits/)
    expect(stdout).toMatch(/>jam<.*>crosstalk/s)
    const second = await runHere('scope', '--probe', 'td', '--fault', 'cable-split-pair', '--frame', '2')
    expect(second.stdout).toMatch(/frame 2, broken off after 96 bits/)
  })

  it('does for an emulated board what it does for a model: --frame, --pulse', async () => {
    const pictures = await Promise.all(
      [['--frame', '1'], ['--frame', '2'], ['--pulse']].map((words) =>
        runHere('scope', 'avr:uno', '--probe', 'rd', ...words),
      ),
    )
    expect(pictures.map(({ status }) => status)).toEqual([0, 0, 0])
    expect(pictures[1].stdout).toMatch(/frame 2, 64 octets/)
    expect(pictures[2].stdout).toMatch(/>link test pulse</)
    expect(new Set(pictures.map(({ stdout }) => stdout)).size).toBe(3)
  })

  it('writes as many values as --rate says, in any of its forms', async () => {
    const written = async (...words: readonly string[]) =>
      (await runHere('scope', '--format', 'csv', '--window', '10us', ...words)).stdout.trimEnd().split('\n').length - 1
    expect(await written('--rate', '1e6')).toBe(11)
    expect(await written('--rate', '1M', '--from', '-2us')).toBe(11)
    expect(await written()).toBe(2001)
  })

  it('begins so long after the first bit as --from says, with or without a unit', async () => {
    const first = async (from: string) =>
      (await runHere('scope', '--format', 'csv', '--from', from, '--window', '1us')).stdout.split('\n')[1].split(',')[0]
    expect([await first('12us'), await first('12'), await first('-200ns')]).toEqual(['12000', '12000', '-200'])
  })

  it.each([
    { words: ['--probe', 'uart-tdx'], said: /no probe "uart-tdx".*uart-txd.*--list/s },
    { words: ['--out', 'x.gif'], said: /ends in \.svg or \.png .* or \.csv/ },
    { words: ['--window', '5..3'], said: /--window takes a duration as 250us.*bare number is microseconds/ },
    { words: ['--window', '-5'], said: /--window takes .* not "-5": a duration is above 0/ },
    { words: ['--window', '0..2000000s'], said: /at most 3600 s/ },
    { words: ['--from', 'soon'], said: /--from takes a time as 12us/ },
    { words: ['--from', '1e99s'], said: /--from takes .* from -3600 s to 3600 s, not "1e99s"/ },
    {
      words: ['--from', '1us', '--window', '1ms..2ms'],
      said: /--from says where the picture begins, and so does --window/,
    },
    { words: ['--probe', 'int', '--from', '1us'], said: /--from counts from .* int; .*--window/ },
    { words: ['--rate', '1000'], said: /--rate says how many values a second a \.csv file has/ },
    { words: ['--rate', 'fast', '--format', 'csv'], said: /--rate takes values a second as 1000000, 1e6 or 1M/ },
    { words: ['--format', 'gif'], said: /--format takes svg, png, csv/ },
    { words: ['--format', 'csv', '--out', 'x.svg'], said: /contradict/ },
    { words: ['avr:uno', '--probe', 'uart-txd', '--pulse'], said: /--pulse picks a signal on a pair/ },
    { words: ['--collision', '--damaged'], said: /--damaged and --collision exclude each other/ },
    { words: ['--probe', 'rts', '--serial-cable', 'nulmodem'], said: /no serial cable "nulmodem".*null-modem/ },
    { words: ['--probe', 'td', '--serial-cable', 'null-modem'], said: /--serial-cable is about the serial line/ },
    { words: ['--probe', 'rd,rd'], said: /--probe rd was given twice/ },
    { words: ['--probe', 'int', '--during', 'everything'], said: /no check or layer "everything"/ },
    { words: ['--probe', 'uart-txd', '--frame', '2'], said: /--frame picks a signal on a pair/ },
    {
      words: ['--probe', 'leda', '--rate', '1000000000', '--out', join(scratch(), 'x.csv')],
      said: /give a lower --rate/,
    },
    { words: ['--frame', '1', '--pulse'], said: /exclude each other/ },
    { words: ['/dev/ttyUSB9'], said: /a simulated board.*model:uno/ },
  ])('answers $words with what to do instead', async ({ words, said }) => {
    const { status, stderr } = await runHere('scope', ...words)
    expect(status).toBe(2)
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/ at .*\.[jt]s/)
  })

  it('says that nothing came by when the cable is out (exit status 4)', async () => {
    const { status, stderr } = await runHere('scope', '--fault', 'cable-unplugged')
    expect(status).toBe(4)
    expect(stderr).toMatch(/no frame came by on the receive pair \(rd\) in [\d.]+ s/)
  })

  it('lists the probes', async () => {
    const { stdout } = await runHere('scope', '--list')
    for (const name of ['uart-txd', 'rs232-rxd', 'cts', 'vcc', '3v3', 'spi-sck', 'spi-miso', 'int', 'rd'])
      expect(stdout).toContain(name)
  })

  it('draws what a board says at RS-232 levels, with bits and octets, as SVG and as PNG', async () => {
    const { status, stdout } = await runHere('scope', 'model:uno', '--probe', 'rs232-txd')
    expect(status).toBe(0)
    expect(stdout).toMatch(/>space · 0<.*>mark · 1</s)
    expect(stdout).toContain('>octets<')
    const path = join(scratch(), 'txd.png')
    expect((await runHere('scope', '--probe', 'rs232-txd', '--out', path)).status).toBe(0)
    const png = readFileSync(path)
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    expect(png.readUInt32BE(16)).toBe(1800) // IHDR: width
  })

  it('draws several conductors one below the other, and the same each time', async () => {
    const words = ['scope', '--probe', 'spi-cs,spi-sck', '--probe', 'spi-si']
    const { stdout } = await runHere(...words)
    expect(stdout.match(/<polyline/g)?.length).toBe(3)
    expect(stdout).toContain('>instruction<')
    expect((await runHere(...words)).stdout).toBe(stdout)
  })

  it('shows the pins of an emulated board as well', async () => {
    const { status, stdout } = await runHere('scope', 'avr:uno', '--probe', 'uart-txd')
    expect(status).toBe(0)
    expect(stdout).toContain('>octets<')
  })

  it('says that nothing happened on a conductor that is not connected (exit status 4)', async () => {
    const { status, stderr } = await runHere('scope', '--probe', 'uart-rxd', '--fault', 'serial-tx-rx-swapped')
    expect(status).toBe(4)
    expect(stderr).toMatch(/nothing happened on uart-rxd/)
  })
})

describe('linkpulse check --trace', () => {
  it('writes the serial line beside the pins, and voltages of line and pairs when asked for them', async () => {
    const plain = join(scratch(), 'plain.vcd')
    const volts = join(scratch(), 'volts.vcd')
    expect((await runHere('check', '--only', 'serial.session', '--trace', plain)).status).toBe(0)
    expect((await runHere('check', '--only', 'phy.link', '--trace', volts, '--trace-volts')).status).toBe(0)
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

  it('writes the voltages of the board’s own logic: 3.3 V on a Pro Mini', async () => {
    const path = join(scratch(), 'promini.vcd')
    const words = ['check', 'model:promini', '--only', 'serial.session', '--trace', path, '--trace-volts']
    expect((await runHere(...words)).status).toBe(0)
    const text = readFileSync(path, 'utf8')
    const [, code] = /^\$var real \d+ (\S+) TXD_volts/m.exec(text)!
    const volts = [...text.matchAll(/^r(\S+) (\S+)$/gm)]
      .filter(([, , each]) => each === code)
      .map(([, each]) => Number(each))
    expect(new Set(volts)).toEqual(new Set([0, 3.3]))
  })

  it('wants a file for the voltages', async () => {
    const { status, stderr } = await runHere('check', '--trace-volts')
    expect(status).toBe(2)
    expect(stderr).toMatch(/--trace FILE/)
  })
})
