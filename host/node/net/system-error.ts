/** What a program of Node's is told when a call of a socket fails: the codes, numbers and sentences of Node's own errors (libuv's). */
import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'
import { NetError } from '../../../firmware/net/errors.js'

export interface SocketError extends Error {
  code: string
  errno: number
  syscall: string
  address?: string
  port?: number
}

const MESSAGES = new Map([...getSystemErrorMap().values()])

function made(message: string, code: string, syscall: string): SocketError {
  const number = (constants.errno as Readonly<Record<string, number>>)[code]
  const error = new Error(message) as SocketError
  Error.captureStackTrace(error, made)
  // Windows has other numbers, and libuv names by its own what the system has none for.
  return Object.assign(error, { errno: number === undefined ? -4095 : -number, code, syscall })
}

/** `connect ECONNREFUSED 10.0.0.2:80 - Local (10.0.0.1:1000)` */
export function connectError(code: string, address: string, port: number, local?: string): SocketError {
  const details = local === undefined ? '' : ` - Local (${local})`
  return Object.assign(made(`connect ${code} ${address}:${port}${details}`, code, 'connect'), { address, port })
}

/** `listen EADDRINUSE: address already in use 10.0.0.2:80` */
export function addressError(code: string, syscall: string, address: string, port?: number): SocketError {
  const where = port !== undefined && port > 0 ? `${address}:${port}` : address
  const error = made(`${syscall} ${code}: ${MESSAGES.get(code) ?? 'unknown error'} ${where}`, code, syscall)
  error.address = address
  if (port !== undefined && port > 0) error.port = port
  return error
}

/** `read ECONNRESET` */
export function callError(code: string, syscall: string): SocketError {
  return made(`${syscall} ${code}`, code, syscall)
}

/** `getaddrinfo ENOTFOUND printer` */
export function lookupError(code: string, hostname: string): SocketError & { hostname: string } {
  const error = made(`getaddrinfo ${code} ${hostname}`, code, 'getaddrinfo')
  error.errno = code === 'ENOTFOUND' ? -3008 : -3001 // UV_EAI_NONAME, UV_EAI_AGAIN
  return Object.assign(error, { hostname })
}

/** With a code of Node's own: `ERR_SOCKET_BAD_PORT`. */
export function nodeError<E extends Error>(Type: new (message: string) => E, code: string, message: string): E {
  const error = new Type(message)
  // As Node's own: the code stands in the stack, and not in the name.
  Object.defineProperty(error, 'name', { value: `${error.name} [${code}]`, configurable: true, writable: true })
  void error.stack
  delete (error as Partial<Error>).name
  return Object.assign(error, { code })
}

/** The code of what a stack's socket threw; what is none of its is thrown on. */
export function netCodeOf(error: unknown): string {
  if (error instanceof NetError) return error.code
  throw error
}
