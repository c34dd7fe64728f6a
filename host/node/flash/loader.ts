/** What a boot loader does for a programmer, whichever protocol it speaks. Each throws a TargetError that says what to try. */
export interface FlashLoader {
  /** Until the boot loader answers in step. */
  synchronise(): Promise<void>
  /** The controller's signature: three octets (1E 95 0F for the ATmega328P). */
  signature(): Promise<Uint8Array>
  enterProgramming(): Promise<void>
  /** @param address in octets */
  writePage(address: number, page: Uint8Array): Promise<void>
  readPage(address: number, length: number): Promise<Uint8Array>
  /** The board starts what was flashed. */
  leaveProgramming(): Promise<void>
}
