/**
 * The calls a script makes, on our sockets. Each is read before the script runs, so that what is not supported is named before
 * anything happens; what comes back is the operation, which is called until it no longer blocks.
 */
import { keyed } from '../text/keyed.js'
import { accept, bind, close, connect, listen, shutdown, socket, socketName } from './calls-connection.js'
import { read, readVector, receiveFrom, receiveMessage, sendMessage, sendTo, write, writeVector } from './calls-data.js'
import { epollControl, epollCreate, epollWait } from './calls-epoll.js'
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
  getsockname: socketName,
  getpeername: socketName,
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
  epoll_create: epollCreate,
  epoll_create1: epollCreate,
  epoll_ctl: epollControl,
  epoll_wait: epollWait,
}

/** What does the same here. */
const ADVICE: Readonly<Record<string, string>> = {
  select: 'poll()',
  sendfile: 'write()',
  splice: 'read(), write()',
}

/** @throws Unsupported naming what is not done here */
export function prepareCall(call: Call): PreparedCall {
  if (!Object.hasOwn(PREPARATIONS, call.name)) {
    const { name } = call
    const use = ADVICE[name]
    throw new Unsupported(
      use === undefined
        ? keyed('pkt.call', { name, known: Object.keys(PREPARATIONS) })
        : keyed('pkt.call-instead', { name, use }),
    )
  }
  return PREPARATIONS[call.name](call)
}
