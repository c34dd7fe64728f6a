/** Devices behind serialport's own classes. */
import { SerialPortStream } from '@serialport/stream'
import { afterEach, describe, expect, it } from 'vitest'
import { boardDevice, createDevice, type DeviceOptions, MemoryBinding, type Receive } from './serialport.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

type PortOptions = Partial<ConstructorParameters<typeof SerialPortStream>[0]>

async function open(receive: Receive, options: DeviceOptions = {}, portOptions: PortOptions = {}) {
  const device = createDevice(receive, { baudRate: 9600, time: 'fast', ...options })
  closers.push(() => device.close())
  const binding = new MemoryBinding()
  binding.add('/dev/ttyTEST', device)
  const port = new SerialPortStream({ binding, path: '/dev/ttyTEST', baudRate: 9600, ...portOptions, autoOpen: false })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  return { device, binding, port }
}

/** Octets that a port hands out, until there are so many. */
function read(port: SerialPortStream, count: number): Promise<Buffer> {
  return new Promise((resolve) => {
    let got = Buffer.alloc(0)
    port.on('data', (octets: Buffer) => {
      got = Buffer.concat([got, octets])
      if (got.length >= count) resolve(got)
    })
  })
}

describe('a device behind a port of serialport’s', () => {
  it('gets octets and answers with what its function returns, or what it writes itself', async () => {
    const { port, device } = await open((octets) => (octets[0] === 0x3f ? 'ok\r\n' : undefined))
    port.write('?')
    expect((await read(port, 4)).toString()).toBe('ok\r\n')
    device.write(Uint8Array.of(0xff, 0x00))
    expect([...(await read(port, 2))]).toEqual([0xff, 0x00])
  })

  it.each(['real', 'fast'] as const)('answers in the order in which it was asked (%s time)', async (time) => {
    const { port } = await open((octets) => octets, { time })
    port.write('hello, world')
    expect((await read(port, 12)).toString()).toBe('hello, world')
  })

  it('hears characters in their time: 97 at 9,600 baud are 96 × 10 bits apart, 100 ms', async () => {
    const times: number[] = []
    const { port } = await open((_octets, device) => {
      times.push(device.clock.now)
      return times.length === 97 ? '.' : undefined
    })
    port.write(Buffer.alloc(97, 'U'))
    await read(port, 1)
    expect((times[96] - times[0]) / 1e6).toBeCloseTo(100, 3)
  })

  it('in real time takes as long as on a desk, and no less', async () => {
    let heard = 0
    const { port } = await open(
      (octets) => {
        heard += octets.length
        return heard === 24 ? '.' : undefined
      },
      { time: 'real' },
    )
    const began = performance.now()
    port.write(Buffer.alloc(24, 'U'))
    await read(port, 1)
    // 25 characters of 10 bits at 9,600 baud.
    expect(performance.now() - began).toBeGreaterThan(25)
  })

  it('at another rate than the port’s hears other octets, with framing errors', async () => {
    let seen: { octets: number[]; errors: number[] } | undefined
    const { port, device } = await open((octets, _device, errors) => {
      seen ??= { octets: [...octets], errors: [...(errors ?? [])] }
    })
    device.configure({ baudRate: 19_200 })
    port.write(Buffer.alloc(4, 0x00)) // nine bits of space, as eighteen of the device's
    await new Promise<void>((resolve) => device.onReceive(() => resolve()))
    expect(seen).toEqual({ octets: [0], errors: [1] })
  })

  it('with parity finds characters that came without it', async () => {
    const all: number[] = []
    const { port, device } = await open(
      (octets, _device, errors) => {
        for (const [i, octet] of octets.entries()) all.push(octet, errors?.[i] ?? 0)
      },
      { dataBits: 7, parity: 'even' },
    )
    // 8N1 of 41h and of C1h: seven bits of 41h, which has two ones, and a parity bit of 0, and of 1.
    port.write(Buffer.of(0x41, 0xc1))
    await new Promise<void>((resolve) => device.onReceive(() => all.length === 4 && resolve()))
    expect(all).toEqual([0x41, 0, 0x41, 4])
  })

  it('sees DTR, RTS and breaks, and drives CTS, DSR, DCD and RI', async () => {
    const seen: string[] = []
    const octets: number[] = []
    const { port, device } = await open((received) => {
      octets.push(...received)
    })
    device.onControl((circuit, on) => seen.push(`${circuit} ${on}`))
    const set = (options: object) =>
      new Promise<void>((resolve, reject) => port.set(options, (error) => (error ? reject(error) : resolve())))
    const get = () =>
      new Promise((resolve, reject) => port.get((error, status) => (error ? reject(error) : resolve(status))))
    expect(device.get('dtr') && device.get('rts')).toBe(true) // a port that is opened switches them on
    await set({ dtr: false, rts: true })
    await set({ dtr: true, rts: false })
    expect(seen).toEqual(['dtr false', 'dtr true', 'rts false'])
    expect(await get()).toEqual({ cts: true, dsr: true, dcd: false })
    device.set({ cts: false, dcd: true })
    expect(await get()).toEqual({ cts: false, dsr: true, dcd: true })
    expect(() => device.set({ rts: true })).toThrow(/RTS is not driven by a DCE/)
    await set({ brk: true })
    const heard = new Promise<void>((resolve) => device.onReceive(() => resolve()))
    device.after(50, () => void set({ brk: false }))
    await heard
    expect(octets).toEqual([0])
  })

  it('does what it does later on its own clock, and not when that was taken back', async () => {
    const { port, device } = await open(() => {})
    const began = device.clock.now
    device.after(3_600_000, () => device.write('an hour later'))
    device.after(10, () => device.write('never'))()
    expect((await read(port, 13)).toString()).toBe('an hour later')
    expect(device.clock.now - began).toBeGreaterThanOrEqual(3600e9)
  })

  it('is listed with what is known of it, and lost when its plug is pulled', async () => {
    const { port, binding } = await open(() => {})
    binding.add(
      '/dev/ttyOTHER',
      createDevice(() => {}),
      { manufacturer: 'Acme', vendorId: '1209' },
    )
    const listed = await binding.list()
    expect(listed.map(({ path, manufacturer, vendorId }) => [path, manufacturer, vendorId])).toEqual([
      ['/dev/ttyTEST', 'linkpulse (simulated)', undefined],
      ['/dev/ttyOTHER', 'Acme', '1209'],
    ])
    port.resume() // who does not read does not notice
    const lost = new Promise<Error>((resolve) => port.once('close', resolve))
    binding.remove('/dev/ttyTEST')
    expect(await lost).toMatchObject({ disconnected: true })
  })

  it.each([
    [{ baudRate: 0 }, /baud rate is above 0, not 0/],
    [{ dataBits: 9 }, /5, 6, 7 or 8 data bits, not 9/],
    [{ parity: 'odd ' }, /parity is none, even/],
    [{ stopBits: 3 }, /1, 1.5 or 2 stop bits/],
    [{ cable: 'usb' }, /there is no cable "usb"/],
    [{ time: 'slow' }, /'real' or 'fast'/],
  ])('is not made with %j', (options, why) => {
    expect(() => createDevice(() => {}, options as DeviceOptions)).toThrow(why)
  })

  it('can be a simulated board, which asks for a session as it does on a desk', async () => {
    const board = boardDevice('uno', { seed: 3 })
    closers.push(() => board.close())
    const binding = new MemoryBinding()
    binding.add('/dev/ttyUNO', board)
    const port = new SerialPortStream({ binding, path: '/dev/ttyUNO', baudRate: 1_000_000, autoOpen: false })
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
    const cell = await read(port, 64)
    // docs/serial-link.md: 01, kind 3, channel 0; OPEN of version 1, and the name of the board at octet 15 of the payload.
    expect(cell[0]).toBe(0x70)
    expect(cell.subarray(5 + 15, 5 + 18).toString()).toBe('uno')
  })
})
