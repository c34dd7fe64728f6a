/** What Linux says of a network interface under /sys/class/net (Documentation/ABI/testing/sysfs-class-net). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suggestion } from '../../../boards/nearest.js'
import { mac } from '../../../firmware/net/address.js'
import { UsageError } from '../../errors/errors.js'

const CLASS = '/sys/class/net'
const NEIGHBOURS = '/proc/net/arp'
/** linux/if_arp.h: the entry is complete. */
const ATF_COM = 0x02

export interface InterfaceFacts {
  /** It hears link pulses, or the other end of a virtual cable. */
  readonly carrier: boolean
  /** Mbit/s; null where the driver does not say. */
  readonly speed: number | null
  /** Null where the driver does not say. */
  readonly duplex: 'half' | 'full' | null
}

export class KernelInterface {
  readonly name: string
  readonly index: number
  /** Its station address, as `02:00:00:00:00:01`. */
  readonly station: string
  readonly #folder: string

  /** @throws UsageError where there is no such interface, naming those there are */
  constructor(name: string, root = CLASS) {
    const there = names(root)
    if (!there.includes(name)) {
      throw new UsageError(
        `--wire ${name}: this computer has no such interface${suggestion(name, there)} (there are ${there.join(', ') || 'none'})`,
      )
    }
    this.name = name
    this.#folder = join(root, name)
    this.index = Number(this.#read('ifindex'))
    this.station = this.#read('address') ?? ''
  }

  get facts(): InterfaceFacts {
    const speed = Number(this.#read('speed') ?? -1)
    const duplex = this.#read('duplex')
    return {
      carrier: this.#read('carrier') === '1',
      speed: speed > 0 ? speed : null,
      duplex: duplex === 'half' || duplex === 'full' ? duplex : null,
    }
  }

  /** What it has counted since it was made: frames, octets, errors, by the kernel's names. */
  get counts(): Readonly<Record<string, number>> {
    const files = readdirSync(join(this.#folder, 'statistics')).sort()
    const counts = files.map((file): [string, number] => [file, Number(this.#read(`statistics/${file}`) ?? 0)])
    const changes = this.#read('carrier_changes')
    return Object.fromEntries(changes === undefined ? counts : [...counts, ['carrier_changes', Number(changes)]])
  }

  /** Whom the kernel knows there by an address (proc(5), /proc/net/arp); undefined where it does not. A board may take no broadcasts. */
  neighbour(address: string): Uint8Array | undefined {
    for (const line of readFileSync(NEIGHBOURS, 'utf8').split('\n')) {
      const [ip, , flags, station, , device] = line.split(/ +/)
      if (ip !== address || device !== this.name || (Number(flags) & ATF_COM) === 0) continue
      return mac(station)
    }
    return undefined
  }

  /** Undefined where the interface has no such fact, or has none while it is down: the kernel refuses to read it then. */
  #read(file: string): string | undefined {
    try {
      return readFileSync(join(this.#folder, file), 'utf8').trim()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EINVAL' || code === 'ENOENT' || code === 'EOPNOTSUPP') return undefined
      throw error
    }
  }
}

function names(root: string): readonly string[] {
  try {
    return readdirSync(root).sort()
  } catch {
    return [] // another system than Linux: it has none that could be named
  }
}

/** What was counted from one look to the next, without what stood still. */
export function countsSince(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const moved = Object.entries(now).map(([name, count]): [string, number] => [name, count - (before[name] ?? 0)])
  return Object.fromEntries(moved.filter(([, count]) => count !== 0))
}
