// Command package builds the provider for this platform and puts it, zipped as the
// registry has it, into a mirror in the file system, from which terraform init and
// tofu init install:
//
//	go run ./internal/cmd/package -version 1.2.3 -dist dist -- -trimpath …
//
// What follows the two dashes goes to go build; make package hands over the flags of
// a release. The same sources, flags and Go give the same bytes, wherever they lie:
// the times in the archive are that of the commit, or what SOURCE_DATE_EPOCH says.
package main

import (
	"archive/zip"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

const name = "terraform-provider-whatsapp"

// registries are where Terraform and OpenTofu look for the provider when a
// configuration gives no host.
var registries = []string{"registry.terraform.io", "registry.opentofu.org"}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "package:", err)
		os.Exit(1)
	}
}

// run builds from the module in the current folder.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	version := flags.String("version", "0.0.1", "`version` to package, without the letter v; engines do not install 0.0.0")
	dist := flags.String("dist", "dist", "`folder` for the mirror and the configuration that names it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	when, err := commitTime(ctx)
	if err != nil {
		return err
	}
	program, err := build(ctx, flags.Args())
	if err != nil {
		return err
	}
	archive, err := pack(*version, when, program)
	if err != nil {
		return err
	}
	return install(*dist, *version, archive, stdout)
}

// commitTime is the time that everything in the archive bears.
func commitTime(ctx context.Context) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("no time of a commit (set SOURCE_DATE_EPOCH outside of a checkout): %w", err)
		}
		text = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(seconds, 0).UTC(), err
}

// build returns the program.
func build(ctx context.Context, flags []string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "package")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	output := filepath.Join(dir, "program")
	cmd := exec.CommandContext(ctx, "go", append(append([]string{"build", "-o", output}, flags...), ".")...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go build: %w", err)
	}
	return os.ReadFile(output)
}

// pack zips the program with the licence.
func pack(version string, when time.Time, program []byte) ([]byte, error) {
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return nil, err
	}
	var archive bytes.Buffer
	out := zip.NewWriter(&archive)
	for _, file := range []struct {
		name    string
		mode    os.FileMode
		content []byte
	}{{"LICENSE", 0o644, licence}, {name + "_v" + version + suffix(), 0o755, program}} {
		header := &zip.FileHeader{Name: file.name, Method: zip.Deflate, Modified: when}
		header.SetMode(file.mode)
		in, err := out.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := in.Write(file.content); err != nil {
			return nil, err
		}
	}
	err = out.Close() // writes the directory: before it there is no archive
	return archive.Bytes(), err
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// install puts the archive where either engine looks for it, and writes a
// configuration of the engine that names the mirror.
func install(dist, version string, archive []byte, stdout io.Writer) error {
	dist, err := filepath.Abs(dist)
	if err != nil {
		return err
	}
	mirror := filepath.Join(dist, "mirror")
	file := fmt.Sprintf("%s_%s_%s_%s.zip", name, version, runtime.GOOS, runtime.GOARCH)
	for _, registry := range registries {
		dir := filepath.Join(mirror, registry, "whatsapp-terraform", "whatsapp")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, file), archive, 0o644); err != nil {
			return err
		}
	}
	config := filepath.Join(dist, "mirror.tfrc")
	var ours []string
	for _, registry := range registries {
		ours = append(ours, strconv.Quote(registry+"/whatsapp-terraform/whatsapp"))
	}
	list := "[" + strings.Join(ours, ", ") + "]"
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path    = %q\n    include = %s\n  }\n  direct {\n    exclude = %s\n  }\n}\n",
		filepath.ToSlash(mirror), list, list)
	fmt.Fprintf(stdout, "%s is in %s. To install from there:\n\n  export TF_CLI_CONFIG_FILE=%s\n  terraform init\n", file, mirror, config)
	return os.WriteFile(config, []byte(text), 0o644)
}
