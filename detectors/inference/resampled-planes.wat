;; Rows of bytes of three colours side by side, weighed together to one row of floats, and that row to a row of three planes.
;; `resampled-planes.ts` holds this compiled; its test compiles it again and compares. Sixteen bytes and four floats at a time:
;; whatever lies behind the end of a row is read and written too, so there must be room for it.
(module
  ;; Behind its start: whatever the caller lays out.
  (memory (export "memory") 1)

  ;; The weighted sum of so many rows (`taps`), each `bytes` long and one behind the other at `from`, to floats at `line`.
  (func (export "blend")
    (param $from i32) (param $bytes i32) (param $taps i32) (param $weights i32) (param $line i32)
    (local $end i32) (local $at i32) (local $weight i32) (local $last i32)
    (local $loaded v128) (local $half v128) (local $factor v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $from) (local.get $bytes)))
    (local.set $last (i32.add (local.get $weights) (i32.shl (local.get $taps) (i32.const 2))))
    (loop $sixteen
      (local.set $at (local.get $from))
      (local.set $weight (local.get $weights))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (loop $row
        (local.set $loaded (v128.load (local.get $at)))
        (local.set $factor (v128.load32_splat (local.get $weight)))
        (local.set $half (i16x8.extend_low_i8x16_u (local.get $loaded)))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $factor)
          (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $half))))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $factor)
          (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $half))))))
        (local.set $half (i16x8.extend_high_i8x16_u (local.get $loaded)))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $factor)
          (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_u (local.get $half))))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $factor)
          (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_u (local.get $half))))))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
        (br_if $row (i32.lt_u (local.get $weight) (local.get $last))))
      (v128.store (local.get $line) (local.get $a))
      (v128.store offset=16 (local.get $line) (local.get $b))
      (v128.store offset=32 (local.get $line) (local.get $c))
      (v128.store offset=48 (local.get $line) (local.get $d))
      (local.set $line (i32.add (local.get $line) (i32.const 64)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $sixteen (i32.lt_u (local.get $from) (local.get $end)))))

  ;; For each pixel of the row: the weighted sum of the `taps` pixels of `line` that begin at its address in `firsts`, less
  ;; the first four floats at `scaling`, times the four behind them. The colours go to three places, one float further each.
  (func (export "write")
    (param $firsts i32) (param $taps i32) (param $weights i32) (param $pixels i32) (param $scaling i32)
    (param $first i32) (param $second i32) (param $third i32)
    (local $end i32) (local $at i32) (local $last i32) (local $sum v128) (local $mean v128) (local $factor v128)
    (local.set $mean (v128.load (local.get $scaling)))
    (local.set $factor (v128.load offset=16 (local.get $scaling)))
    (local.set $end (i32.add (local.get $firsts) (i32.shl (local.get $pixels) (i32.const 2))))
    (loop $pixel
      (local.set $at (i32.load (local.get $firsts)))
      (local.set $last (i32.add (local.get $weights) (i32.shl (local.get $taps) (i32.const 2))))
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (loop $tap
        (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul
          (v128.load (local.get $at)) (v128.load32_splat (local.get $weights)))))
        (local.set $at (i32.add (local.get $at) (i32.const 12)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (br_if $tap (i32.lt_u (local.get $weights) (local.get $last))))
      (local.set $sum (f32x4.mul (f32x4.sub (local.get $sum) (local.get $mean)) (local.get $factor)))
      (v128.store32_lane 0 (local.get $first) (local.get $sum))
      (v128.store32_lane 1 (local.get $second) (local.get $sum))
      (v128.store32_lane 2 (local.get $third) (local.get $sum))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (local.set $second (i32.add (local.get $second) (i32.const 4)))
      (local.set $third (i32.add (local.get $third) (i32.const 4)))
      (local.set $firsts (i32.add (local.get $firsts) (i32.const 4)))
      (br_if $pixel (i32.lt_u (local.get $firsts) (local.get $end))))))
