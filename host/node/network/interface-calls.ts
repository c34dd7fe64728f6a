/**
 * Calls of Linux about a network interface, through koffi, for what takes frames from one and hands it some: those that each of them
 * makes, and beside them its own.
 */
import type { KoffiFunc } from 'koffi'
import { loadKoffi } from '../optional-package.js'

/** Octets of an interface's name, with the 0 that ends it (linux/if.h). */
export const IFNAMSIZ = 16
/** sizeof(struct ifreq) on 64-bit Linux; smaller elsewhere, and the kernel reads no more than it needs. */
const IFREQ_OCTETS = 40

/** The C library. */
type Library = ReturnType<typeof import('koffi')['load']>

/** Each returns -1 for an error, with errno set. */
export interface InterfaceCalls {
  /** Of the last call that failed. */
  readonly errno: () => number
  readonly ioctl: KoffiFunc<(descriptor: number, request: number, argument: Uint8Array) => number>
}

/**
 * @param instead what does without koffi, where it is not installed
 * @param others the calls that are needed beside these
 * @throws UsageError where koffi is not installed
 */
export function interfaceCalls<Others extends object>(
  instead: string,
  others: (library: Library) => Others,
): InterfaceCalls & Others {
  const koffi = loadKoffi(instead)
  const library = koffi.load(null)
  return {
    errno: () => koffi.errno(),
    ioctl: library.func('int ioctl(int descriptor, unsigned long request, _Inout_ uint8_t *argument)'),
    ...others(library),
  }
}

/** A struct ifreq that names an interface, with nothing behind the name. */
export function interfaceRequest(name: string): Uint8Array<ArrayBuffer> {
  const request = new Uint8Array(IFREQ_OCTETS)
  request.set(new TextEncoder().encode(name))
  return request
}
