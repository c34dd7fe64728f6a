/**
 * The calls a script makes, on our sockets. Each is read before the script runs, so that what is not supported is named before
 * anything happens; what comes back is the operation, which is called until it no longer blocks.
 */
import { accept, bind, close, connect, listen, shutdown, socket } from './calls-connection.js'
import { read, readVector, receiveFrom, receiveMessage, sendMessage, sendTo, write, writeVector } from './calls-data.js'
import { fcntl, getSocketOption, ioctl, poll, setSocketOption } from './calls-options.js'
import type { Preparation, PreparedCall } from './prepared-call.js'
import type { Call } from './script.js'
import { Unsupported } from './unsupported.js'

const PREPARATIONS: Readonly<Record<string, Preparation>> = {
  socket,
  bind,
  listen,
  accept,
  accept4: accept,
  connect,
  close,
  shutdown,
  read,
  recv: read,
  recvfrom: receiveFrom,
  recvmsg: receiveMessage,
  readv: readVector,
  write,
  send: write,
  sendto: sendTo,
  sendmsg: sendMessage,
  writev: writeVector,
  setsockopt: setSocketOption,
  getsockopt: getSocketOption,
  fcntl,
  ioctl,
  poll,
}

const ADVICE: Readonly<Record<string, string>> = {
  epoll_create: 'use poll()',
  epoll_create1: 'use poll()',
  epoll_ctl: 'use poll()',
  epoll_wait: 'use poll()',
  select: 'use poll()',
  sendfile: 'use write()',
  splice: 'use read() and write()',
  dup: 'use the descriptor that is open',
  open: 'use sockets',
}

/** @throws Unsupported naming what is not done here */
export function prepareCall(call: Call): PreparedCall {
  if (!Object.hasOwn(PREPARATIONS, call.name)) {
    const advice = ADVICE[call.name] ?? `the calls are ${Object.keys(PREPARATIONS).join(', ')}`
    throw new Unsupported(`${call.name}() is not supported: ${advice}`)
  }
  return PREPARATIONS[call.name](call)
}
