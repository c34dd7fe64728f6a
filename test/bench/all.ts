/** Every benchmark by its name, in the order in which they run. What one measures is loaded when it does. */
import type { BenchFigure, Benchmark } from './figure.js'

function later(name: string, load: () => Promise<Benchmark>): Benchmark {
  return {
    name,
    async run(): Promise<BenchFigure[]> {
      const benchmark = await load()
      if (benchmark.name !== name) throw new Error(`${name} is called ${benchmark.name} where it stands`)
      return benchmark.run()
    },
  }
}

export const ALL: readonly Benchmark[] = [
  later('start-up', async () => (await import('./start-up.js')).startUp),
  later('serial-link', async () => (await import('./serial-link.js')).serialLink),
  later('chip', async () => (await import('./chip.js')).chipModel),
  later('board-traffic', async () => (await import('./chip-traffic.js')).boardTraffic),
  later('avr emulation', async () => (await import('./avr.js')).avrEmulation),
  later('bridge', async () => (await import('./bridge.js')).bridge),
  later('wire', async () => (await import('./wire.js')).wire),
  later('tcp', async () => (await import('./tcp.js')).tcp),
  later('tcp-chip', async () => (await import('./tcp.js')).tcpThroughChip),
  later('tcp-goodput', async () => (await import('./tcp-goodput.js')).tcpGoodput),
  later('tcp-recovery', async () => (await import('./tcp-recovery.js')).tcpRecovery),
  later('tcp-connections', async () => (await import('./tcp-connections.js')).tcpConnections),
  later('tcp-switch', async () => (await import('./tcp-connections.js')).tcpSwitch),
  later('node net', async () => (await import('./node-net.js')).nodeNet),
  later('workshop page', async () => (await import('./workshop.js')).workshopInChromium),
]
