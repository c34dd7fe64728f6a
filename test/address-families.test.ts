import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importGraph } from './import-graph.js'

/**
 * TCP, UDP and sockets serve every family of addresses, so they know none. That they do not reckon with an address the type check
 * sees to (`IpAddress` is no number); this sees to it that they do not ask those who do.
 */
const { all } = importGraph(dirname(import.meta.dirname), ['firmware'])

const ABOVE = /^firmware\/(net\/(tcp|udp)|socket)\//
const OF_ONE_FAMILY =
  /^firmware\/net\/(address\.ts|(ipv4|igmp|dhcp|ipv6|icmpv6|nd|mld)\/|wire\/(ipv4|ipv4-options|arp|igmp|dhcp|pseudo-header|ipv6|icmpv6|neighbour-discovery)\b)/

describe('above the network layer', () => {
  it('nothing imports a room of one family', () => {
    const above = [...all].filter(([file]) => ABOVE.test(file))
    expect(above.length).toBeGreaterThan(40)
    const wrong = above.flatMap(([file, imports]) =>
      [...imports].filter((other) => OF_ONE_FAMILY.test(other)).map((other) => `${file} imports ${other}`),
    )
    expect(wrong).toEqual([])
  })
})
