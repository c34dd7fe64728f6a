/** Echoes by the system's own ping, which may send them without privileges where this process may not. */
import { spawn } from 'node:child_process'
import { formatIp, type IpAddress } from '../../../../firmware/net/ip.js'

/** It answered; it did not; there is no ping that could ask. */
export type EchoOutcome = 'answered' | 'silent' | 'no ping'

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
export function systemPing(address: IpAddress, octets: number, program?: string): Promise<EchoOutcome> {
  const [name, ...words] = pingCommand(process.platform, address, octets)
  return new Promise((resolve) => {
    const child = spawn(program ?? name, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MILLISECONDS,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
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

/** It may not send echoes, or does not know the words that it was given. */
const NOT_ABLE = /not permitted|permission denied|privilege|(?:invalid|illegal|unrecognized|unknown) option|usage:/i

/** What a ping's status and words say: 0 is an answer; without one it is silence (no way there, too), but where it could not ask. */
export function readPing(
  platform: NodeJS.Platform,
  address: IpAddress,
  status: number | null,
  output: string,
): EchoOutcome {
  // Windows' has status 0 where a router says that a host is not reached; only an answer has a time to live.
  const isAnswer = status === 0 && (platform !== 'win32' || typeof address !== 'number' || output.includes('TTL='))
  if (isAnswer) return 'answered'
  return NOT_ABLE.test(output) ? 'no ping' : 'silent'
}
