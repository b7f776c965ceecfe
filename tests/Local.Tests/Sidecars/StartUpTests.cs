using Sidecar;
using Sidecar.Resources;

namespace Local.Tests.Sidecars;

public sealed class StartUpTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("startup-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Log_EachLine_SaysWhen()
    {
        await using var layout = new RunningSidecar([new TestApp("app")]);
        using var process = await SidecarProcess.StartAsync(layout);

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: ", process.LastLine);
    }

    [Theory]
    [InlineData("apps: []", "apps names no app")]
    [InlineData("apps: [{ daprHTTPPort: 1, daprGRPCPort: 2 }]", "apps[0].appID is missing")]
    [InlineData("apps: [{ appID: a, daprGRPCPort: 2 }]", "apps[0].daprHTTPPort is missing")]
    [InlineData("apps: [{ appID: a, daprHTTPPort: x, daprGRPCPort: 2 }]", "apps[0].daprHTTPPort must be a whole number, not 'x'")]
    [InlineData("apps: [{ appID: a, daprHTTPPort: 1, daprGRPCPort: 2, appProtocol: smtp }]",
        "apps[0].appProtocol must be http, h2c or grpc, not 'smtp'")]
    [InlineData("apps: [{ appID: a, daprHTTPPort: 1, daprGRPCPort: 2, maxBodySize: huge }]",
        "apps[0].maxBodySize must be a size like 4Mi, not 'huge'")]
    [InlineData("apps: [{ appID: a, daprHTTPPort: 7, daprGRPCPort: 7 }]", "port 7 is given more than once")]
    [InlineData("apps: [", "dapr.yaml(")]
    public void Build_WrongRunFile_SaysWhere(string runFile, string problem)
    {
        File.WriteAllText(Path.Combine(folder, "dapr.yaml"), runFile);

        var error = Assert.Throws<ConfigurationException>(
            () => SidecarApp.Build(["--run-file", Path.Combine(folder, "dapr.yaml"), "--data", folder]));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("dapr.yaml", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata: {}", "metadata.name is missing")]
    [InlineData("metadata: { name: x }", "spec is missing")]
    [InlineData("metadata: { name: x }\nspec: { type: state.redis, version: v1 }",
        "component 'x': spec.type 'state.redis' is not one the local sidecar has")]
    [InlineData("metadata: { name: x }\nspec: { type: state.sqlite, version: v1 }",
        "component 'x': spec.metadata 'connectionString' is missing")]
    [InlineData(
        "metadata: { name: x }\nspec: { type: state.in-memory, version: v1, metadata: [{ name: y, secretKeyRef: { name: s, key: k } }] }",
        "spec.metadata 'y' refers to a secret, but auth.secretStore names no secret store")]
    [InlineData("metadata: { name: x }\nspec: { type: secretstores.local.file, version: v1, metadata: [{ name: secretsFile, value: none.json }] }", "cannot be read")]
    public void Build_WrongComponent_SaysWhere(string component, string problem)
    {
        WriteRunFile();
        WriteComponent("components", "store.yaml", component);

        var error = Assert.Throws<ConfigurationException>(() => Build());

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("store.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SameNameTwiceInAFolder_IsRefused()
    {
        WriteRunFile();
        WriteComponent("components", "a.yaml", "metadata: { name: x }\nspec: { type: state.in-memory, version: v1 }");
        WriteComponent("components", "b.yaml", "metadata: { name: x }\nspec: { type: state.in-memory, version: v1 }");

        Assert.Contains("repeats Component 'x'", Assert.Throws<ConfigurationException>(() => Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_Overlay_ReplacesAComponentThatIsNotToBeHad()
    {
        WriteRunFile();
        WriteComponent("components", "a.yaml", "metadata: { name: x }\nspec: { type: state.redis, version: v1 }");
        WriteComponent("overlay", "a.yaml", "metadata: { name: x }\nspec: { type: state.in-memory, version: v1 }");

        await using var app = Build("--resources-path", Path.Combine(folder, "overlay"));

        Assert.NotNull(app);
    }

    [Fact]
    public async Task Build_DataOfARunningSidecar_IsRefused()
    {
        WriteRunFile();
        Directory.CreateDirectory(Path.Combine(folder, "components"));
        await using var first = Build();

        Assert.Contains("another sidecar", Assert.Throws<ConfigurationException>(() => Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnknownOption_IsRefused() =>
        Assert.Contains("--what", Assert.Throws<ConfigurationException>(() => SidecarApp.Build(["--what", "x"])).Message,
            StringComparison.Ordinal);

    private Microsoft.AspNetCore.Builder.WebApplication Build(params string[] more) =>
        SidecarApp.Build(["--run-file", Path.Combine(folder, "dapr.yaml"), "--data", Path.Combine(folder, "data"), .. more]);

    private void WriteRunFile() => File.WriteAllText(
        Path.Combine(folder, "dapr.yaml"), "common: { resourcesPath: components }\napps: [{ appID: a, daprHTTPPort: 0, daprGRPCPort: 0 }]");

    private void WriteComponent(string path, string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, path));
        File.WriteAllText(Path.Combine(folder, path, file), $"apiVersion: dapr.io/v1alpha1\nkind: Component\n{text}\n");
    }
}
