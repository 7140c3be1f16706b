//go:build !linux

package extract

func largePages() {}
