using Orchestration.Client;

namespace Cli.Tests;

/// <summary>Files that cannot be used are refused with file, line and column, before anything is sent.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly OrchestrationClient _client =
        new(new OrchestrationClientOptions { Address = new Uri("http://127.0.0.1:1"), ApiKey = "key" });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{ \"a\": 1,\n  \"b\": tru }", "inputs.json:2:11: not JSON")]
    [InlineData("\u0001\u0002", "inputs.json:1:1: not JSON")]
    [InlineData("", "inputs.json:1:1: not JSON")]
    [InlineData("{ \"f\": { \"$file\": \"missing.pdf\" } }", "missing.pdf: no such file")]
    [InlineData("{ \"f\": { \"$file\": 3 } }", "$.f: the path of a file is expected")]
    [InlineData("{ \"f\": { \"$file\": null } }", "$.f: the path of a file is expected")]
    public async Task Inputs_Unusable_AreRefusedWithThePlaceOnce(string text, string message)
    {
        var problem = await Assert.ThrowsAsync<InputException>(
            () => InputFile.ReadInputsAsync(_client, "c", _folder.Write("inputs.json", text), Stop));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_WithByteOrderMark_AreRead()
    {
        var file = _folder.Write("inputs.json", "\uFEFF{ \"a\": 1 }");
        Assert.Equal("""{"a":1}"""u8.ToArray(), await InputFile.ReadInputsAsync(_client, "c", file, Stop));
    }

    [Fact]
    public async Task Plan_ThatIsNoText_IsRefusedWithTheLine()
    {
        await File.WriteAllBytesAsync(_folder["plan.yaml"], [.. "id: x\n"u8, 0xC3, 0x28, 0x0A], Stop);
        var problem = await Assert.ThrowsAsync<InputException>(() => InputFile.ReadPlanAsync(_folder["plan.yaml"], Stop));

        Assert.Contains("plan.yaml:2: not a text in UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_TooLarge_IsRefusedWithTheLimit()
    {
        await using (var large = File.Create(_folder["large.bin"]))
        {
            large.SetLength(OrchestrationClient.LargestUpload + 1L);
        }

        var problem = await Assert.ThrowsAsync<InputException>(() => InputFile.UploadAsync(_client, "c", _folder["large.bin"], Stop));
        Assert.Contains("at most 64 MiB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConnectionFile_Written_IsReadBackAndItsOwnersOnly()
    {
        var written = new ConnectionFile(new Uri("http://127.0.0.1:7110"), "key", "token");
        written.Write(_folder["connection.json"]);
        written.Write(_folder["connection.json"]);

        Assert.Equal(written, ConnectionFile.Read(_folder["connection.json"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["connection.json"]));
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }
}
