import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countsSince, KernelInterface } from './interface-facts.js'

let root = ''
const write = (file: string, text: string) => writeFileSync(join(root, file), `${text}\n`)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'linkpulse-interface-'))
  mkdirSync(join(root, 'eth0/statistics'), { recursive: true })
  mkdirSync(join(root, 'wlan0'))
  write('eth0/ifindex', '7')
  write('eth0/address', '02:00:00:00:00:01')
  write('eth0/statistics/rx_packets', '60')
  write('eth0/statistics/rx_crc_errors', '2')
})
afterEach(() => rmSync(root, { recursive: true }))

// Documentation/ABI/testing/sysfs-class-net
describe('an interface of this computer', () => {
  it('says whether it hears the other end, at which rate and in which duplex', () => {
    write('eth0/carrier', '1')
    write('eth0/speed', '10')
    write('eth0/duplex', 'half')
    const found = new KernelInterface('eth0', root)
    expect(found).toMatchObject({ index: 7, station: '02:00:00:00:00:01' })
    expect(found.facts).toEqual({ carrier: true, speed: 10, duplex: 'half' })
  })

  it('is without carrier, and says nothing of the rest, where it is down or its driver does not know', () => {
    expect(new KernelInterface('eth0', root).facts).toEqual({ carrier: false, speed: null, duplex: null })
    write('eth0/speed', '-1')
    write('eth0/duplex', 'unknown')
    expect(new KernelInterface('eth0', root).facts).toEqual({ carrier: false, speed: null, duplex: null })
  })

  it('counts what came and went, and what was damaged', () => {
    write('eth0/carrier_changes', '3')
    const found = new KernelInterface('eth0', root)
    const before = found.counts
    expect(before).toEqual({ rx_crc_errors: 2, rx_packets: 60, carrier_changes: 3 })
    write('eth0/statistics/rx_packets', '75')
    expect(countsSince(before, found.counts)).toEqual({ rx_packets: 15 })
  })

  it('that is not there is refused, with those that are', () => {
    expect(() => new KernelInterface('eth1', root)).toThrow(
      /^--wire eth1: this computer has no such interface.*\(there are eth0, wlan0\)$/,
    )
    expect(() => new KernelInterface('../..', root)).toThrow(/no such interface/)
  })
})
