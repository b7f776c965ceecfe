using Load;

return args switch
{
    ["worker"] => await WorkerProgram.RunAsync(),
    ["agent"] => await AgentProgram.RunAsync(),
    _ when LoadOptions.TryParse(args) is { } options => await Bench.RunAsync(options),
    _ => LoadOptions.Explain(),
};
