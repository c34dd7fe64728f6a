/** One interface of a router: what it says of itself there, whom it hears, and whom it sends elsewhere (RFC 4861 6.2, 8.2). */
import { Listeners } from '../../hal/listeners.js'
import { ErrorRate } from '../icmp/error-rate.js'
import { allNodes, type Ipv6Address, UNSPECIFIED6 } from '../ipv6/address.js'
import type { Ipv6InboundDatagram } from '../ipv6/inbound-datagram.js'
import type { DiscoveryOptions, PrefixInformation, RouterWords } from '../wire/neighbour-discovery.js'
import { redirectMessage, routerAdvertisement } from '../wire/router-messages.js'
import { Advertiser } from './advertiser.js'
import type { Inconsistency, RouterCounters, RouterPlace, RouterRole, SolicitationLoss } from './router-role.js'
import { type Announcement, farewell } from './router-settings.js'

/** Routers whose contradictions are remembered, so that each is told once: whoever is on the link can be any number. */
const CONTRADICTING_LIMIT = 16

export class RouterInterface implements RouterRole {
  readonly #place: RouterPlace
  readonly #announcement: Announcement | undefined
  readonly #advertiser: Advertiser | undefined
  readonly #redirectRate: ErrorRate
  readonly #inconsistentListeners = new Listeners<[router: Ipv6Address, what: readonly Inconsistency[]]>()
  /** In what routers contradict ours, as they were reported last. */
  readonly #contradicting = new Map<Ipv6Address, string>()
  #advertisementsSent = 0
  #solicitations = 0
  #redirectsSent = 0
  #redirectsHeldBack = 0
  #inconsistent = 0

  /** @param announcement undefined: it is no router that hosts are to know of */
  constructor(place: RouterPlace, announcement: Announcement | undefined) {
    const { clock, random } = place
    this.#place = place
    this.#announcement = announcement
    this.#redirectRate = new ErrorRate(clock)
    if (announcement === undefined) return
    this.#advertiser = new Advertiser({
      clock,
      random,
      interval: announcement.interval,
      advertise: () => this.#say(announcement),
      sayFarewell: () => this.#say(farewell(announcement)),
    })
  }

  get onLink(): readonly PrefixInformation[] {
    return this.#announcement?.options.prefixes.filter(({ onLink }) => onLink) ?? []
  }

  get counters(): RouterCounters {
    return {
      advertisementsSent: this.#advertisementsSent,
      solicitations: this.#solicitations,
      redirectsSent: this.#redirectsSent,
      redirectsHeldBack: this.#redirectsHeldBack,
      inconsistent: this.#inconsistent,
    }
  }

  onInconsistent(listener: (router: Ipv6Address, what: readonly Inconsistency[]) => void): () => void {
    return this.#inconsistentListeners.add(listener)
  }

  start(): void {
    this.#advertiser?.start()
  }

  pause(): void {
    this.#advertiser?.pause()
  }

  cease(): void {
    this.#advertiser?.cease()
  }

  solicited({ source }: Ipv6InboundDatagram, { sourceMac }: DiscoveryOptions): SolicitationLoss | undefined {
    // 6.1.1: who has no address yet has no Ethernet address for one.
    if (source === UNSPECIFIED6 && sourceMac !== undefined) return 'discovery not credible'
    this.#solicitations++
    if (source !== UNSPECIFIED6 && sourceMac !== undefined) this.#place.heard(source, sourceMac)
    this.#advertiser?.solicited()
    return undefined
  }

  hear(router: Ipv6Address, words: RouterWords, options: DiscoveryOptions): void {
    if (this.#announcement === undefined) return
    const what = contradictions(this.#announcement, words, options)
    if (what.length > 0) this.#inconsistent++
    const told = what.join()
    if ((this.#contradicting.get(router) ?? '') === told) return
    if (told === '') this.#contradicting.delete(router)
    else {
      if (this.#contradicting.size >= CONTRADICTING_LIMIT && !this.#contradicting.has(router)) return
      this.#contradicting.set(router, told)
      this.#inconsistentListeners.tell(router, what)
    }
  }

  redirect(sender: Ipv6Address, destination: Ipv6Address, target: Ipv6Address, quoted: Uint8Array): void {
    if (!this.#redirectRate.mayGo()) {
      this.#redirectsHeldBack++
      return
    }
    const { send, macOf } = this.#place
    this.#redirectsSent++
    send(sender, redirectMessage(target, destination, macOf(target), quoted))
  }

  #say({ words, options }: Announcement): void {
    const { mac, zone, linkLocal, send } = this.#place
    if (linkLocal === undefined) return
    this.#advertisementsSent++
    send(allNodes(zone), routerAdvertisement(words, { ...options, mac }))
  }
}

/** In what another router contradicts us (6.2.7): what it does not say contradicts nothing. */
function contradictions(ours: Announcement, words: RouterWords, options: DiscoveryOptions): Inconsistency[] {
  const found: Inconsistency[] = []
  const differ = (a: number | undefined, b: number | undefined) => Boolean(a) && Boolean(b) && a !== b
  if (differ(ours.words.hopLimit, words.hopLimit)) found.push('hop limit')
  if (ours.words.managed !== words.managed) found.push('managed flag')
  if (ours.words.otherConfiguration !== words.otherConfiguration) found.push('other configuration flag')
  if (differ(ours.words.reachableMilliseconds, words.reachableMilliseconds)) found.push('reachable time')
  if (differ(ours.words.retransMilliseconds, words.retransMilliseconds)) found.push('retransmission timer')
  if (differ(ours.options.mtu, options.mtu)) found.push('MTU')
  const pairs = ours.options.prefixes.flatMap((own) => {
    const other = options.prefixes.find(({ prefix, length }) => prefix === own.prefix && length === own.length)
    return other === undefined ? [] : [{ own, other }]
  })
  if (pairs.some(({ own, other }) => own.validSeconds !== other.validSeconds)) found.push('valid lifetime')
  if (pairs.some(({ own, other }) => own.preferredSeconds !== other.preferredSeconds)) found.push('preferred lifetime')
  return found
}
