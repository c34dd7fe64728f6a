/** The group addresses that a device lets pass: what each family of a link has joined, taken together. */
import type { FrameDevice } from '../../hal/frame-device.js'
import type { MacAddress } from '../address.js'

export class GroupFilter {
  readonly #device: FrameDevice
  readonly #wanted = new Map<number, readonly MacAddress[]>()

  constructor(device: FrameDevice) {
    this.#device = device
  }

  /** What carries this EtherType wants frames to these groups, instead of those it wanted before. */
  set(etherType: number, groups: readonly MacAddress[]): void {
    this.#wanted.set(etherType, groups)
    this.#device.setGroups?.([...this.#wanted.values()].flat())
  }
}
