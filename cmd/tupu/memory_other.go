//go:build !linux

package main

// largePages leaves the size of pages to the system.
func largePages() {}
