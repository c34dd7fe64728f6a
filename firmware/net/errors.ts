/**
 * What goes wrong between an application and the stack, under the names that a BSD programmer knows (POSIX.1-2017,
 * <errno.h>). A wrong argument in the stack's own code is a RangeError; these are what networks and sockets do.
 */

export type NetErrorCode =
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'EAGAIN'
  | 'EALREADY'
  | 'EBADF'
  | 'ECONNABORTED'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EDESTADDRREQ'
  | 'EHOSTDOWN'
  | 'EHOSTUNREACH'
  | 'EINPROGRESS'
  | 'EINVAL'
  | 'EISCONN'
  | 'EMSGSIZE'
  | 'ENETDOWN'
  | 'ENETUNREACH'
  | 'ENOBUFS'
  | 'ENOPROTOOPT'
  | 'ENOTCONN'
  | 'EOPNOTSUPP'
  | 'EPIPE'
  | 'EPROTONOSUPPORT'
  | 'EPROTOTYPE'
  | 'ETIMEDOUT'

/** Each code in a few words of plain English: what `perror` would say, and where it helps, what it usually means. */
export const NET_ERRORS: Readonly<Record<NetErrorCode, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the address and port are in use',
  EADDRNOTAVAIL: 'no interface of this host has the address, or no port is free',
  EAFNOSUPPORT: 'the address family is not supported',
  EAGAIN: 'the call would have to wait',
  EALREADY: 'a connection is already being opened',
  EBADF: 'the socket is closed',
  ECONNABORTED: 'the connection was given up',
  ECONNREFUSED: 'the peer refused: nothing listens on that port',
  ECONNRESET: 'the peer reset the connection',
  EDESTADDRREQ: 'a destination is needed',
  EHOSTDOWN: 'the host does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  EINPROGRESS: 'the connection is being opened',
  EINVAL: 'the argument or the state does not allow the call',
  EISCONN: 'the socket is connected',
  EMSGSIZE: 'the message is too long',
  ENETDOWN: 'the interface is down',
  ENETUNREACH: 'there is no route to the network',
  ENOBUFS: 'no memory is free for it',
  ENOPROTOOPT: 'the protocol has no such option',
  ENOTCONN: 'the socket is not connected',
  EOPNOTSUPP: 'sockets of this type cannot do that',
  EPIPE: 'this end of the connection is closed for writing',
  EPROTONOSUPPORT: 'the protocol is not supported',
  EPROTOTYPE: 'the protocol does not go with the type of socket',
  ETIMEDOUT: 'the peer did not answer in time',
}

/**
 * Thrown by calls that cannot do what they were asked, and kept for the application where something goes wrong later.
 *
 *     throw new NetError('EADDRINUSE', 'bind 0.0.0.0:80', 'close the other socket, or set reuseAddress on both')
 *     // EADDRINUSE: bind 0.0.0.0:80: the address and port are in use; close the other socket, or set …
 */
export class NetError extends Error {
  override readonly name = 'NetError'
  readonly code: NetErrorCode

  /**
   * @param call the call and its input: `connect 192.168.7.1:80`
   * @param remedy what the caller can do about it, without a full stop
   * @param what in place of the code's usual words
   */
  constructor(code: NetErrorCode, call: string, remedy?: string, what: string = NET_ERRORS[code]) {
    super(`${code}: ${call}: ${what}${remedy === undefined ? '' : `; ${remedy}`}`)
    this.code = code
  }
}
