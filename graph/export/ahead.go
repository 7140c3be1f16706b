package export

import "iter"

// batch is how many values are handed over at once.
const batch = 256

// ahead runs an iterator in a goroutine of its own, a few batches ahead of who takes its values, so that reading and writing
// share two processors. The goroutine has ended when the iteration has.
func ahead[T any](all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		batches := make(chan []T, 4)
		stop := make(chan struct{})
		var failed error // set before batches is closed
		go func() {
			defer close(batches)
			next := make([]T, 0, batch)
			for v, err := range all {
				if err != nil {
					failed = err
					break
				}
				if next = append(next, v); len(next) < batch {
					continue
				}
				select {
				case batches <- next:
				case <-stop:
					return
				}
				next = make([]T, 0, batch)
			}
			select {
			case batches <- next:
			case <-stop:
			}
		}()
		end := func() {
			close(stop)
			for range batches { // until the goroutine has ended
			}
		}
		for next := range batches {
			for _, v := range next {
				if !yield(v, nil) {
					end()
					return
				}
			}
		}
		if failed != nil {
			var none T
			yield(none, failed)
		}
	}
}
