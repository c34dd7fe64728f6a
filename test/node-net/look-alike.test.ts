/**
 * Node's network modules and ours, side by side: each row of what the documentation says is run against both, and what a program sees is the same.
 * Ours twice: on one host (its own loopback, as Node's), and on two hosts with a cable between them.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { createLab } from '../../host/lab.js'
import { nodeModules } from '../../host/node/net/modules.js'
import { ROOT } from '../docs/shown.js'
import type { NodeWorld } from './behaviour.js'
import { BEHAVIOURS, BEHAVIOURS_PAGE, withBehaviours } from './behaviours.js'

/** With the world's own addresses in general words. */
function general(...own: readonly string[]) {
  return (value: unknown) => {
    let text = JSON.stringify(value)
    for (const address of own) text = text.replaceAll(address, address.includes(':') ? 'OWN6' : 'OWN')
    return JSON.parse(text)
  }
}

const nodes: NodeWorld = {
  net,
  dgram,
  dns,
  server: '127.0.0.1',
  server6: '::1',
  general: general('127.0.0.1', '::1'),
}

const IPV6 = (address: string) => ({ side: Ipv6Side, addresses: [address] })

async function oneHost(): Promise<NodeWorld> {
  const host = createLab().addHost({ address: '10.0.0.1/24', ipv6: IPV6('2001:db8::1/64') })
  return { ...(nodeModules(host) as unknown as NodeWorld), server: '127.0.0.1', server6: '::1', general: nodes.general }
}

async function twoHosts(): Promise<NodeWorld> {
  const lab = createLab({ seed: 16 })
  const [a, b] = [1, 2].map((n) => lab.addHost({ address: `10.0.0.${n}/24`, ipv6: IPV6(`2001:db8::${n}/64`) }))
  lab.connect(a.port, b.port)
  await lab.run({ until: () => a.network.linkUp && b.network.linkUp })
  await lab.run({ for: 3e9 })
  return {
    ...(nodeModules([a, b]) as unknown as NodeWorld),
    server: '10.0.0.2',
    server6: '2001:db8::2',
    general: general('10.0.0.1', '10.0.0.2', '2001:db8::1', '2001:db8::2'),
  }
}

it('docs/node.md lists the table as it is', () => {
  const page = readFileSync(join(ROOT, BEHAVIOURS_PAGE), 'utf8')
  expect(withBehaviours(page)).toBe(page)
})

describe.each(BEHAVIOURS)('%s', (_name, rows) => {
  it.each(rows)('$says', async ({ run }) => {
    const theirs = await run(nodes)
    expect(theirs).not.toBeUndefined()
    expect(await run(await oneHost())).toEqual(theirs)
    expect(await run(await twoHosts())).toEqual(theirs)
  })
})
