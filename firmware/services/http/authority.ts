/**
 * Whom a request was meant for. A page of somebody else's can have a browser ask a board in two ways: openly, and then the
 * request says from where (Origin, RFC 6454 7); or by a name of its own that is made to lead here for a moment (DNS
 * rebinding), and then the Host field has that name. Whoever types an address, or a name of this network, has neither.
 */
import { parseIpv4 } from '../../net/address.js'

/**
 * Top-level names that nobody can register, so that they lead here only by what this network says: RFC 6761 (test,
 * localhost, invalid, example), RFC 6762 (local), RFC 8375 (home.arpa), and internal, which ICANN keeps for this.
 */
const OF_NO_REGISTRY = /(^|\.)(test|localhost|invalid|example|local|home\.arpa|internal)$/

/** RFC 3986 3.2.2, as far as a Host field may have it: a name, an IPv4 address or an IPv6 address in brackets; a port. */
const AUTHORITY = /^(?:([a-z0-9\-._~%!$&'()*+,;=]*)|(\[[0-9a-f:.]+\]))(?::(\d*))?$/i

/** What a Host field, or the authority of a target, names; undefined when it is neither a name nor an address (RFC 9112 3.2). */
export function hostOf(authority: string): string | undefined {
  const match = AUTHORITY.exec(authority)
  return match === null ? undefined : (match[2] ?? match[1]).toLowerCase().replace(/\.$/, '')
}

/** An address, a name of one label, or one that no registry has: nobody elsewhere can have a browser say it. */
export function isNameOfOurs(host: string): boolean {
  return !host.includes('.') || host.startsWith('[') || parseIpv4(host) !== undefined || OF_NO_REGISTRY.test(host)
}

/** Whether a page that this server gave out has sent the request: the origin is `http://` and the host it was sent to. */
export function isOwnOrigin(origin: string, authority: string): boolean {
  return origin.toLowerCase() === `http://${authority.toLowerCase()}`
}
