/** The stand-in for `navigator.serial`, on the streams of this Node: as https://wicg.github.io/serial has them. */
import { afterEach, describe, expect, it } from 'vitest'
import { createDevice, type DeviceOptions, type Receive } from '../serial/serial-device.js'
import { createSerial } from './simulated-serial.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

function bench(receive: Receive = () => {}, options: DeviceOptions = {}) {
  const device = createDevice(receive, { baudRate: 9600, time: 'fast', ...options })
  closers.push(() => device.close())
  const serial = createSerial()
  return { device, serial, port: serial.add(device) }
}

describe('a stand-in for Web Serial', () => {
  it('gives the port that is chosen of those the filters let through, and remembers it', async () => {
    const { serial, port } = bench()
    const other = serial.add(
      createDevice(() => {}),
      { info: { usbVendorId: 0x1209, usbProductId: 1 } },
    )
    expect(await serial.getPorts()).toEqual([])
    expect(await serial.requestPort()).toBe(port)
    expect(await serial.requestPort({ filters: [{ usbVendorId: 0x1209 }] })).toBe(other)
    expect(await serial.getPorts()).toEqual([port, other])
    await expect(serial.requestPort({ filters: [{ usbVendorId: 1 }] })).rejects.toMatchObject({ name: 'NotFoundError' })
    await expect(serial.requestPort({ filters: [{ usbProductId: 1 }] })).rejects.toThrow(TypeError)
    serial.handleChoice = () => undefined
    await expect(serial.requestPort()).rejects.toMatchObject({ name: 'NotFoundError' })
  })

  it('ends readable with the error that the line had, and the next one begins behind it', async () => {
    const { device, port } = bench()
    await port.open({ baudRate: 9600, parity: 'even' })
    const reader = port.readable!.getReader()
    const failed = reader.read().catch((error: Error) => error.name)
    device.write(Uint8Array.of(0x01)) // without parity; the stop bit is where parity is due: 1, and 0x01 has one 1
    expect(await failed).toEqual({ done: false, value: Uint8Array.of(0x01) })
    const odd = reader.read().catch((error: Error) => error.name)
    device.write(Uint8Array.of(0x03)) // two ones: the parity bit is 0
    expect(await odd).toBe('ParityError')
    reader.releaseLock()
    const behind = port.readable!.getReader()
    const broken = behind.read().catch((error: Error) => error.name)
    device.break(20)
    expect(await broken).toBe('BreakError')
    behind.releaseLock()
    const last = port.readable!.getReader()
    const again = last.read()
    device.write(Uint8Array.of(0x02))
    expect(await again).toEqual({ done: false, value: Uint8Array.of(0x02) })
  })

  it('has signals both ways', async () => {
    const { device, port } = bench()
    const seen: string[] = []
    device.onControl((circuit, on) => seen.push(`${circuit} ${on}`))
    await port.open({ baudRate: 9600 })
    await port.setSignals({ dataTerminalReady: true, requestToSend: true })
    device.set({ ri: true })
    expect(seen).toEqual(['dtr true', 'rts true'])
    expect(await port.getSignals()).toEqual({
      clearToSend: true,
      dataSetReady: true,
      dataCarrierDetect: false,
      ringIndicator: true,
    })
  })

  it('refuses settings that the specification refuses, and what another program has', async () => {
    const { serial, port } = bench()
    await expect(port.open({ baudRate: 9600, dataBits: 5 })).rejects.toThrow(TypeError)
    await expect(port.open({ baudRate: 9600, stopBits: 3 })).rejects.toThrow(TypeError)
    await expect(port.open({ baudRate: 0 })).rejects.toThrow(TypeError)
    const taken = serial.add(
      createDevice(() => {}),
      { busy: true },
    )
    await expect(taken.open({ baudRate: 9600 })).rejects.toMatchObject({ name: 'NetworkError' })
    await port.open({ baudRate: 9600 })
    await expect(port.open({ baudRate: 9600 })).rejects.toMatchObject({ name: 'InvalidStateError' })
  })

  it('tells of plugs', async () => {
    const { serial, device, port } = bench()
    const seen: string[] = []
    for (const what of ['connect', 'disconnect']) {
      serial.addEventListener(what, (event) => seen.push(`${what} ${event.target === port ? 'it' : 'another'}`))
    }
    serial.add(
      createDevice(() => {}),
      { granted: true },
    )
    await serial.requestPort()
    await port.open({ baudRate: 9600 })
    const lost = port.readable!.getReader().read()
    serial.remove(port)
    await expect(lost).rejects.toMatchObject({ name: 'NetworkError' })
    expect(seen).toEqual(['connect another', 'disconnect it'])
    expect(port.connected).toBe(false)
    expect(await serial.getPorts()).not.toContain(port)
    device.write('nobody is there')
  })
})
