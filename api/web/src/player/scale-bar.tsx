/** How long a round number of metres is on the picture. */
import { useReading } from "../parts/reading.tsx";
import { scaleBar_m, type View } from "./view.ts";

export function ScaleBar({ view }: { readonly view: View }) {
  const { format } = useReading();
  const length_m = scaleBar_m(view);
  return (
    <span class="scale-bar" style={{ width: `${length_m * view.scale}px` }}>
      {format.metres(length_m)}
    </span>
  );
}
