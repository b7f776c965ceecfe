namespace DocumentAgents;

internal static class DocumentAgentsApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var app = builder.Build();
        app.MapGet("/healthz/live", () => Results.Ok());
        return app;
    }
}
