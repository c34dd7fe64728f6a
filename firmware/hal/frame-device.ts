/**
 * A device that carries Ethernet frames. A device can wrap a device: capture, loss, delay and noise are frame devices
 * around a frame device, so they compose and the stack never knows.
 */

export interface FrameDevice {
  /** The station address, 6 octets. */
  readonly address: Uint8Array
  readonly linkUp: boolean
  /**
   * Sends one frame: destination address to the end of the payload, without FCS and without padding. The octets are copied
   * before the call returns. `false`: the device could not take it and counted it under a reason in `dropped`.
   */
  send(frame: Uint8Array): boolean
  /**
   * Is called with each frame received: destination address to the end of the payload, FCS removed. The octets are the
   * device's and valid during the call. `more`: further frames are already waiting and follow at this same instant.
   */
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  /**
   * Wants frames to these group addresses, besides broadcasts and instead of those it wanted before. A device without this
   * passes on what comes to any group; one with a coarse filter passes on others too.
   */
  setGroups?(addresses: readonly Uint8Array[]): void
  /** Frames that were lost here, by reason. */
  readonly dropped: Readonly<Record<string, number>>
}
