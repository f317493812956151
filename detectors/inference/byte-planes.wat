;; Bytes of three colours side by side, each looked up in its table, to three planes of floats.
;; `byte-planes.ts` holds this compiled; its test compiles it again and compares.
(module
  ;; From 0: tables of 256 floats for the first, second and third colour. Behind: whatever the caller lays out.
  (memory (export "memory") 1)
  ;; Addresses of the first byte and of the first float of each plane; how many pixels, at least one.
  (func (export "spread")
    (param $from i32) (param $first i32) (param $second i32) (param $third i32) (param $pixels i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.mul (local.get $pixels) (i32.const 3))))
    (loop $pixel
      (f32.store (local.get $first)
        (f32.load (i32.shl (i32.load8_u (local.get $from)) (i32.const 2))))
      (f32.store (local.get $second)
        (f32.load offset=1024 (i32.shl (i32.load8_u offset=1 (local.get $from)) (i32.const 2))))
      (f32.store (local.get $third)
        (f32.load offset=2048 (i32.shl (i32.load8_u offset=2 (local.get $from)) (i32.const 2))))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (local.set $second (i32.add (local.get $second) (i32.const 4)))
      (local.set $third (i32.add (local.get $third) (i32.const 4)))
      (local.set $from (i32.add (local.get $from) (i32.const 3)))
      (br_if $pixel (i32.lt_u (local.get $from) (local.get $end))))))
