/** A target that is a programmer: found on the line, and asked what it can do. */
import { SerprogProgrammer } from '../serial/serprog-programmer.js'
import { DEFAULT_BAUD, type Target } from './target.js'

/** Where a programmer is looked for: at the rate of our bridge, and at that of frser-duino. One on USB has no rate. */
const SERPROG_RATES = [DEFAULT_BAUD, 115_200] as const

/**
 * @param target the port, open; closed with what is returned, and when this throws
 * @param port what it is called in errors, and whether it is still there
 * @param rate symbols a second; those that programmers have are tried by default
 * @throws TargetError when there is no programmer, or none that has SPI
 */
export async function serprogTarget(
  target: Target,
  port: { readonly path: string; readonly isOpen: boolean },
  rate: number | undefined,
): Promise<Target> {
  const { line, clock } = target
  const rates = rate === undefined ? SERPROG_RATES : [rate]
  try {
    const programmer = await target.drive(SerprogProgrammer.open(line, clock, port.path, rates))
    return {
      ...target,
      board: programmer.name,
      programmer,
      drive: (work) => target.drive(Promise.race([work, programmer.lost])),
      async close() {
        if (port.isOpen) await target.drive(programmer.release())
        programmer.detach()
        await target.close()
      },
    }
  } catch (error) {
    await target.close()
    throw error
  }
}
