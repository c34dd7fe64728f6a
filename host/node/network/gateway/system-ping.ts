/** Echoes by the system's own ping, which may send them without privileges where this process may not. */
import { spawn } from 'node:child_process'
import { formatIp, type IpAddress } from '../../../../firmware/net/ip.js'

/** It answered; it did not; there is no ping that could ask. */
export type Echo = 'answered' | 'silent' | 'no ping'

/** Seconds that an answer is waited for. */
const PATIENCE_SECONDS = 3
/** A ping that ignores that is ended. */
const LONGEST_MILLISECONDS = 5_000
/** Output that is looked at. */
const MOST_OUTPUT = 4_096

/**
 * Asks a host for one echo. Nothing of it goes through a shell.
 * @param octets of data in the echo
 * @param program instead of the system's
 */
export function systemPing(address: IpAddress, octets: number, program?: string): Promise<Echo> {
  const [name, ...words] = pingCommand(process.platform, address, octets)
  return new Promise((resolve) => {
    const child = spawn(program ?? name, words, {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LONGEST_MILLISECONDS,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    })
    let output = ''
    child.stdout.on('data', (part: Buffer) => {
      if (output.length < MOST_OUTPUT) output += part.toString('latin1')
    })
    child.on('error', () => resolve('no ping'))
    child.on('close', (status) => resolve(readPing(process.platform, address, status, output)))
  })
}

/** The words of a system's ping for one echo. */
export function pingCommand(platform: NodeJS.Platform, address: IpAddress, octets: number): readonly string[] {
  const host = formatIp(address)
  const isSix = typeof address !== 'number'
  const milliseconds = String(PATIENCE_SECONDS * 1_000)
  if (platform === 'win32') return ['ping', '-n', '1', '-w', milliseconds, '-l', String(octets), host]
  if (platform === 'darwin')
    return isSix
      ? ['ping6', '-n', '-c', '1', '-s', String(octets), host]
      : ['ping', '-n', '-c', '1', '-W', milliseconds, '-s', String(octets), host]
  return ['ping', '-n', '-c', '1', '-W', String(PATIENCE_SECONDS), '-s', String(octets), host]
}

/** What a ping's status and words say: 0 is an answer, and that it sent something without one is silence. */
export function readPing(platform: NodeJS.Platform, address: IpAddress, status: number | null, output: string): Echo {
  // Windows' has status 0 where a router says that a host is not reached; only an answer has a time to live.
  if (platform === 'win32') {
    const isAnswer = status === 0 && (typeof address !== 'number' || output.includes('TTL='))
    return isAnswer ? 'answered' : status === null ? 'silent' : output.includes('%') ? 'silent' : 'no ping'
  }
  if (status === 0) return 'answered'
  return status === null || /packets? transmitted/.test(output) ? 'silent' : 'no ping'
}
