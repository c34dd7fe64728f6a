/** The stage: what is simulated, drawn as the thing it is. */
import type { Scene } from '../../workshop/scene.js'
import { send, snapshot } from './connection.js'
import { word } from './language.js'
import { BenchStage } from './widgets/bench-stage.js'
import { ControllerStage } from './widgets/controller-stage.js'
import { FrameStage } from './widgets/frame-stage.js'
import { HandshakeStage } from './widgets/handshake-stage.js'
import { LayersStage } from './widgets/layers-stage.js'
import { PacketsStage } from './widgets/packets-stage.js'
import { Rj45Stage } from './widgets/rj45-stage.js'
import { Rs232Stage } from './widgets/rs232-stage.js'
import { SocketStage } from './widgets/socket-stage.js'

function Picture({ scene }: { readonly scene: Scene }) {
  switch (scene.kind) {
    case 'rs232':
      return <Rs232Stage scene={scene} />
    case 'rj45':
      return <Rj45Stage scene={scene} />
    case 'frame':
      return <FrameStage scene={scene} />
    case 'controller':
      return <ControllerStage scene={scene} />
    case 'packets':
      return <PacketsStage scene={scene} />
    case 'handshake':
      return <HandshakeStage scene={scene} />
    case 'socket':
      return <SocketStage scene={scene} />
    case 'layers':
      return <LayersStage scene={scene} />
    case 'bench':
      return <BenchStage scene={scene} />
  }
}

export function Stage() {
  const { scene } = snapshot.value!
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and so must be reached by a keyboard
    <section class="stage" id="stage" tabIndex={0} aria-label={word('area.stage')}>
      <Picture scene={scene} />
    </section>
  )
}

/** A click on a conductor puts a probe there, or takes it away. */
export function toggleProbe(probe: string): void {
  const { look } = snapshot.peek()!
  const probes = look.probes.includes(probe) ? look.probes.filter((each) => each !== probe) : [...look.probes, probe]
  send({ kind: 'look', look: { ...look, probes } })
}
